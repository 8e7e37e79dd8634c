//! Random numbers, the same bits on every machine.

/// A stream of random 64-bit words.
///
/// # Source
///
/// Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", *ACM
/// Transactions on Mathematical Software* 47 (2021): xoshiro256++, its words filled by
/// `SplitMix64` (Steele, Lea and Flood, OOPSLA 2014).
#[derive(Debug, Clone)]
pub struct Random {
    words: [u64; 4],
}

/// What a stream of random numbers is for; one never disturbs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// When batches arrive.
    Arrivals = 1,
    /// How large batches are and how they spread.
    Batches = 2,
    /// Whose request it is and what it holds.
    Contents = 3,
    /// Which pod gets a request.
    Routing = 4,
    /// Which calls fail.
    Failures = 5,
    /// How late a request is sent again.
    Resending = 6,
}

const UNIT: f64 = 1.0 / 9_007_199_254_740_992.0;
const FIXED_POINT: f64 = 4_294_967_296.0;

impl Random {
    /// A stream of a seed.
    pub fn of(seed: u64, stream: Stream) -> Self {
        Self::numbered(seed, stream as u64)
    }

    /// The same by the stream's number.
    pub fn numbered(seed: u64, stream: u64) -> Self {
        let mut state = seed.wrapping_mul(8).wrapping_add(stream);
        let words = std::array::from_fn(|_| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = state;
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            word ^ (word >> 31)
        });
        Self { words }
    }

    /// The next 64 bits.
    #[inline]
    pub fn word(&mut self) -> u64 {
        let [a, b, c, d] = self.words;
        let word = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.words = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        word
    }

    /// A whole number from 0 up to but not `bound`, which is below 2³².
    #[inline]
    pub fn below(&mut self, bound: u64) -> u64 {
        ((self.word() >> 32) * bound) >> 32
    }

    /// A number above 0, at most 1.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        ((self.word() >> 11) + 1) as f64 * UNIT
    }

    /// Exponential with mean 1, in whole units of 2⁻³², cut off: so the last bit of the
    /// logarithm hardly ever shows.
    #[inline]
    pub fn exponential(&mut self) -> u64 {
        to_whole(-libm::log(self.unit()) * FIXED_POINT)
    }

    /// Standard normal, by the polar method.
    ///
    /// # Source
    ///
    /// Marsaglia and Bray, "A Convenient Method for Generating Normal Variables", *SIAM
    /// Review* 6 (1964).
    #[inline]
    pub fn normal(&mut self) -> f64 {
        loop {
            let a = 2.0 * self.unit() - 1.0;
            let b = 2.0 * self.unit() - 1.0;
            let square = a * a + b * b;
            if 0.0 < square && square < 1.0 {
                return a * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }
}

/// A lognormal law of whole numbers from 1 on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lognormal {
    location: f64,
    scale: f64,
}

impl Lognormal {
    /// The law with this mean, above 0, and this coefficient of variation.
    pub fn new(mean: f64, cv: f64) -> Self {
        let variance = libm::log(1.0 + cv * cv);
        Self {
            location: libm::log(mean) - variance / 2.0,
            scale: variance.sqrt(),
        }
    }

    /// A number of this law.
    #[inline]
    pub fn sample(&self, random: &mut Random) -> u64 {
        let value = libm::exp(self.location + self.scale * random.normal());
        to_whole(value + 0.5).max(1)
    }
}

#[inline]
fn to_whole(value: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "cut off and saturating, as wanted"
    )]
    let whole = value as u64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first words of the authors' own program for the state 1, 2, 3, 4.
    #[test]
    fn the_generator_is_its_authors() {
        let mut random = Random {
            words: [1, 2, 3, 4],
        };
        let words = [random.word(), random.word(), random.word()];
        assert_eq!(words, [41_943_041, 58_720_359, 3_588_806_011_781_223]);
    }
}
