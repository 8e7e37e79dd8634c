//! Distributions of interarrival and service times, by the names in the cases.

use kt_capacity::model::queueing::ServiceShape;

/// A random generator with one word of state.
///
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators",
/// OOPSLA (2014): `SplitMix64`.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Anything above 0 and below 1, the ends left out.
    fn unit(&mut self) -> f64 {
        ((self.next() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    fn exponential(&mut self) -> f64 {
        -libm::log(self.unit())
    }

    /// Source: Marsaglia and Bray, "A Convenient Method for Generating Normal
    /// Variables", *SIAM Review* 6 (1964): the polar method.
    fn normal(&mut self) -> f64 {
        loop {
            let (u, v) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = u * u + v * v;
            if square < 1.0 && 0.0 < square {
                return u * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }

    /// Source: Marsaglia and Tsang, "A Simple Method for Generating Gamma
    /// Variables", *ACM Transactions on Mathematical Software* 26 (2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let smaller = libm::log(self.unit()) / shape;
            return self.gamma(shape + 1.0) * libm::exp(smaller);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            let v = v * v * v;
            if v <= 0.0 {
                continue;
            }
            let accepted = 0.5 * x * x + d - d * v + d * libm::log(v);
            if libm::log(self.unit()) < accepted {
                return d * v;
            }
        }
    }
}

/// A law with mean 1.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Law {
    Fixed,
    Exponential,
    /// Equal exponential stages.
    Erlang(u32),
    /// One of two exponentials, each carrying half of the mean; the chance of the first.
    Balanced(f64),
    Gamma(f64),
    /// Standard deviation of the logarithm.
    Lognormal(f64),
}

impl Law {
    /// Panics where the name or its variability is unknown.
    pub(crate) fn of(name: &str, cv2: f64) -> Self {
        match name {
            "deterministic" => Self::Fixed,
            "exponential" => Self::Exponential,
            "erlang" => {
                let stages = (1.0 / cv2).round();
                assert!((stages * cv2 - 1.0).abs() < 1e-9, "Erlang with {cv2}");
                let found = (1..100).find(|k| (f64::from(*k) - stages).abs() < 0.5);
                Self::Erlang(found.unwrap())
            }
            "hyperexponential_balanced" => {
                Self::Balanced(0.5 * (1.0 + ((cv2 - 1.0) / (cv2 + 1.0)).sqrt()))
            }
            "gamma" => Self::Gamma(1.0 / cv2),
            "lognormal" => Self::Lognormal(libm::log1p(cv2).sqrt()),
            _ => panic!("no law is known as {name}"),
        }
    }

    pub(crate) fn sample(self, random: &mut Random) -> f64 {
        match self {
            Self::Fixed => 1.0,
            Self::Exponential => random.exponential(),
            Self::Erlang(stages) => {
                let product: f64 = (0..stages).map(|_| random.unit()).product();
                -libm::log(product) / f64::from(stages)
            }
            Self::Balanced(first) => {
                let chance = if random.unit() < first {
                    first
                } else {
                    1.0 - first
                };
                random.exponential() / (2.0 * chance)
            }
            Self::Gamma(shape) => random.gamma(shape) / shape,
            Self::Lognormal(sigma) => libm::exp(sigma * (random.normal() - sigma / 2.0)),
        }
    }

    /// Distribution as the model names it.
    pub(crate) fn shape(name: &str, cv2: f64) -> ServiceShape {
        match Self::of(name, cv2) {
            Self::Fixed => ServiceShape::Fixed,
            Self::Exponential => ServiceShape::Exponential,
            Self::Erlang(stages) => ServiceShape::Erlang { stages },
            Self::Balanced(_) => ServiceShape::Hyperexponential { cv2 },
            Self::Lognormal(_) => ServiceShape::Lognormal { cv2 },
            Self::Gamma(_) => panic!("the model has no gamma service"),
        }
    }
}
