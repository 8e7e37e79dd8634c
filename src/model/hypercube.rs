//! Latin hypercube sampling, which covers each input evenly.
//!
//! A batch divides the shares from 0 to 1 into as many strips as it has draws, and takes one from
//! each, in random order. Each input has its own stream, so that an additional input leaves the
//! draws of the others unchanged.

/// Shares of one input for a batch of draws, each above 0 and below 1.
///
/// # Source
///
/// M. D. `McKay`, Beckman and Conover, *Technometrics* 21 (1979).
pub fn batch(draws: u32, stream: u64) -> Vec<f64> {
    let mut random = Random(stream);
    let strip = 1.0 / f64::from(draws.max(1));
    let mut shares: Vec<f64> = (0..draws)
        .map(|draw| (f64::from(draw) + random.unit()) * strip)
        .collect();
    for last in (1..shares.len()).rev() {
        let other = random.below(last + 1);
        shares.swap(last, other);
    }
    shares
}

/// Number of a stream, from a seed, a name and the number of the batch.
pub fn stream(seed: u64, name: &str, batch: u32) -> u64 {
    // FNV-1a, then mixed with the rest.
    let named = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mut random = Random(seed ^ named ^ (u64::from(batch) << 40));
    random.word()
}

/// `SplitMix64`.
///
/// # Source
///
/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
struct Random(u64);

impl Random {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// Above 0 and below 1.
    fn unit(&mut self) -> f64 {
        ((self.word() >> 12) as f64 + 0.5) / 4_503_599_627_370_496.0
    }

    fn below(&mut self, bound: usize) -> usize {
        let place = ((self.word() >> 32) * (bound as u64)) >> 32;
        usize::try_from(place).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_strip_is_drawn_once() {
        let shares = batch(1_000, stream(1, "requests", 0));
        let mut strips: Vec<u32> = shares
            .iter()
            .map(|share| crate::model::fleet::whole(libm::floor(share * 1_000.0)))
            .collect();
        assert!(!strips.is_sorted());
        strips.sort_unstable();
        assert_eq!(strips, (0..1_000).collect::<Vec<u32>>());
    }

    /// The first words of `SplitMix64` from 1234567, as its reference implementation prints them.
    #[test]
    fn words_are_those_of_the_reference() {
        let mut random = Random(1_234_567);
        let words = [random.word(), random.word(), random.word()];
        let known = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(words, known);
    }

    #[test]
    fn streams_differ_by_seed_name_and_batch() {
        let streams = [
            stream(1, "a", 0),
            stream(2, "a", 0),
            stream(1, "b", 0),
            stream(1, "a", 1),
        ];
        for (index, one) in streams.iter().enumerate() {
            assert!(!streams[..index].contains(one));
        }
    }
}
