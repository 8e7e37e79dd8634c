//! Random numbers, bit-identical on every machine.

use std::sync::LazyLock;

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

/// Purpose of a random stream; streams are independent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Times of batches.
    Arrivals = 1,
    /// Sizes and spread of batches.
    Batches = 2,
    /// Clients and contents of requests.
    Contents = 3,
    /// Choice of pods.
    Routing = 4,
    /// Failing calls.
    Failures = 5,
    /// Jitter of retries.
    Resending = 6,
}

const UNIT: f64 = 1.0 / 9_007_199_254_740_992.0;
const FIXED_POINT: f64 = 4_294_967_296.0;

impl Random {
    /// Stream of a seed.
    pub fn of(seed: u64, stream: Stream) -> Self {
        Self::numbered(seed, stream as u64)
    }

    /// Stream of a seed, by the stream's number.
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

    /// A whole number from 0 to `bound`, exclusive; `bound` is below 2³².
    #[inline]
    pub fn below(&mut self, bound: u64) -> u64 {
        ((self.word() >> 32) * bound) >> 32
    }

    /// A number above 0 and at most 1.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        ((self.word() >> 11) + 1) as f64 * UNIT
    }

    /// Exponential with mean 1, in whole units of 2⁻³². Truncation hides the last bit of the
    /// logarithm almost always.
    #[inline]
    pub fn exponential(&mut self) -> u64 {
        to_whole(-ln(self.unit()) * FIXED_POINT)
    }

    /// Standard normal, by the polar method.
    ///
    /// # Source
    ///
    /// Marsaglia and Bray, "A Convenient Method for Generating Normal Variables", *SIAM
    /// Review* 6 (1964).
    #[inline]
    pub fn normal(&mut self) -> f64 {
        self.polar().normal()
    }

    /// A point within the unit circle, except its center.
    #[inline]
    pub(super) fn polar(&mut self) -> Polar {
        loop {
            let a = 2.0 * self.unit() - 1.0;
            let b = 2.0 * self.unit() - 1.0;
            let square = a * a + b * b;
            if 0.0 < square && square < 1.0 {
                return Polar { a, square };
            }
        }
    }
}

/// A random point of the polar method: one coordinate, and the squared distance from the center.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Polar {
    a: f64,
    square: f64,
}

impl Polar {
    /// Standard normal.
    #[inline]
    pub(super) fn normal(self) -> f64 {
        self.a * (-2.0 * ln(self.square) / self.square).sqrt()
    }
}

/// A lognormal distribution of whole numbers from 1 on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lognormal {
    location: f64,
    scale: f64,
}

impl Lognormal {
    /// The distribution with this mean, above 0, and this coefficient of variation.
    pub fn new(mean: f64, cv: f64) -> Self {
        let variance = libm::log(1.0 + cv * cv);
        Self {
            location: libm::log(mean) - variance / 2.0,
            scale: variance.sqrt(),
        }
    }

    /// A random number of this distribution.
    #[inline]
    pub fn sample(&self, random: &mut Random) -> u64 {
        self.value(random.polar())
    }

    /// The number of this distribution for a random point.
    #[inline]
    pub(super) fn value(&self, chance: Polar) -> u64 {
        let value = exp(self.location + self.scale * chance.normal());
        to_whole(value + 0.5).max(1)
    }
}

/// Table steps per power of 2, also as a signed number.
const STEPS: usize = 128;
const SIGNED_STEPS: i64 = 128;
/// Constant whose addition rounds to whole numbers.
const ROUNDING: f64 = 6_755_399_441_055_744.0;
/// ln 2 in two parts; multiples of the first are exact.
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Powers of 2 from 1 to 2.
static POWERS: LazyLock<[f64; STEPS]> =
    LazyLock::new(|| std::array::from_fn(|step| libm::exp2(step as f64 / STEPS as f64)));

/// eˣ, within two units in the last place; several times as fast as `libm`, and likewise
/// bit-identical on every machine.
///
/// # Source
///
/// Tang, "Table-Driven Implementation of the Exponential Function in IEEE
/// Floating-Point Arithmetic", *ACM Transactions on Mathematical Software* 15 (1989).
#[inline]
fn exp(power: f64) -> f64 {
    let power = power.clamp(-700.0, 700.0);
    let steps = STEPS as f64;
    let count = power * (steps * std::f64::consts::LOG2_E) + ROUNDING - ROUNDING;
    let rest = power - count * (LN_2_HIGH / steps) - count * (LN_2_LOW / steps);
    let series = 1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0));
    let more = rest + rest * rest * (0.5 + rest * series);
    #[expect(clippy::cast_possible_truncation, reason = "a small whole number")]
    let count = count as i64;
    // Shifted upward, so that neither index nor exponent is negative.
    let count = u64::try_from(count + 1_023 * SIGNED_STEPS).unwrap_or(0);
    let (exponent, place) = (count / STEPS as u64, count % STEPS as u64);
    let base = POWERS[usize::try_from(place).unwrap_or(0)];
    (base + base * more) * f64::from_bits(exponent << 52)
}

/// Midpoints of the steps from [`LEAST`] to twice that, as their reciprocal and logarithm.
static MIDDLES: LazyLock<[(f64, f64); STEPS]> = LazyLock::new(|| {
    std::array::from_fn(|step| {
        let middle = middle_of(LEAST + ((step as u64) << STEP_BITS));
        (1.0 / middle, libm::log(middle))
    })
});

/// Bits of 0.6875. The range from here to its double includes 1, near which the logarithm must not
/// be a difference of two others.
const LEAST: u64 = 0x3fe6_0000_0000_0000;
/// Bits of a fraction, and those of them within a step.
const FRACTION_BITS: u32 = 52;
const STEP_BITS: u32 = FRACTION_BITS - 7;

/// Midpoint of the step of a number with these bits.
#[inline]
fn middle_of(bits: u64) -> f64 {
    f64::from_bits((bits >> STEP_BITS << STEP_BITS) | (1 << (STEP_BITS - 1)))
}

/// Natural logarithm of a number above 0 and at most 1, within 2⁻⁵³ and two units in the last
/// place; several times as fast as `libm`, and likewise bit-identical on every machine.
///
/// # Source
///
/// Tang, "Table-Driven Implementation of the Logarithm Function in IEEE Floating-Point
/// Arithmetic", *ACM Transactions on Mathematical Software* 16 (1990).
#[inline]
fn ln(value: f64) -> f64 {
    let bits = value.to_bits();
    // Number of halvings below the table's range, rounded up.
    let halvings = (LEAST + (1 << FRACTION_BITS) - 1).saturating_sub(bits) >> FRACTION_BITS;
    let scaled = bits + (halvings << FRACTION_BITS);
    let step = (scaled - LEAST) >> STEP_BITS;
    let (reciprocal, start) = MIDDLES[usize::try_from(step).unwrap_or(0) % STEPS];
    let rest = (f64::from_bits(scaled) - middle_of(scaled)) * reciprocal;
    let series = 1.0 / 3.0 + rest * (-1.0 / 4.0 + rest * (1.0 / 5.0 + rest * (-1.0 / 6.0)));
    let more = rest * rest * (-0.5 + rest * series);
    let halvings = halvings as f64;
    (start - halvings * LN_2_HIGH) + (rest + more - halvings * LN_2_LOW)
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

    #[test]
    fn the_table_gives_the_exponential() {
        for step in -69_000..69_000 {
            let power = f64::from(step) / 100.0 + 1e-3;
            let (fast, slow) = (exp(power), libm::exp(power));
            assert!(
                (fast - slow).abs() <= 5e-16 * slow,
                "{power}: {fast}, {slow}"
            );
        }
        assert!((exp(0.0) - 1.0).abs() < 1e-300);
    }

    #[test]
    fn the_table_gives_the_logarithm() {
        let mut random = Random::of(1, Stream::Arrivals);
        let near_one = (0..2_000).map(|step| 1.0 - f64::from(step) * 1e-7);
        let drawn = (0..200_000).map(|step: i32| random.unit() * libm::exp2(f64::from(-step % 53)));
        for value in near_one.chain(drawn).chain([UNIT, 0.5, 0.6875, 0.34375]) {
            let (fast, slow) = (ln(value), libm::log(value));
            let most = 4.5e-16 * slow.abs() + 1.2e-16;
            assert!((fast - slow).abs() <= most, "{value}: {fast}, {slow}");
        }
        assert!(ln(1.0).abs() < 1e-17);
    }

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
