//! Exact counts of whole milliseconds; memory grows with the values, not with their number.

/// Values of a page, in sixty-four blocks; one bit per block tells whether it holds any.
const PAGE: usize = 1_024;
const BLOCK: usize = 16;

#[derive(Debug, Clone)]
struct Page {
    touched: u64,
    counts: Box<[u32; PAGE]>,
}

/// Frequency of each value; zeros are the most common and take no memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Histogram {
    zeros: u64,
    others: u64,
    sum: u64,
    pages: Vec<Option<Page>>,
}

impl Histogram {
    #[inline]
    pub(super) fn add(&mut self, value: u64) {
        if value == 0 {
            self.zeros += 1;
            return;
        }
        self.others += 1;
        self.sum += value;
        let at = usize::try_from(value).unwrap_or(usize::MAX);
        let (page, place) = (at / PAGE, at % PAGE);
        if let Some(Some(page)) = self.pages.get_mut(page) {
            page.touched |= 1 << (place / BLOCK);
            page.counts[place] += 1;
        } else {
            self.open(page);
            self.others -= 1;
            self.sum -= value;
            self.add(value);
        }
    }

    #[cold]
    fn open(&mut self, page: usize) {
        if self.pages.len() <= page {
            self.pages.resize(page + 1, None);
        }
        self.pages[page] = Some(Page {
            touched: 0,
            counts: Box::new([0; PAGE]),
        });
    }

    /// Number of values.
    pub(super) fn count(&self) -> u64 {
        self.zeros + self.others
    }

    /// Sum of the values.
    pub(super) fn sum(&self) -> u64 {
        self.sum
    }

    /// Values at these percentages, ascending, by nearest rank; `None` without values.
    pub(super) fn quantiles(&self, percents: [u64; 3]) -> Option<[u64; 3]> {
        if self.count() == 0 {
            return None;
        }
        let ranks = percents.map(|percent| (self.count() * percent).div_ceil(100).max(1));
        let mut found = [0; 3];
        let mut next = ranks.iter().take_while(|rank| **rank <= self.zeros).count();
        let mut passed = self.zeros;
        for (start, block) in self.blocks() {
            let inside: u64 = block.iter().map(|count| u64::from(*count)).sum();
            while next < 3 && ranks[next] <= passed + inside {
                found[next] = start + place_of(block, ranks[next] - passed);
                next += 1;
            }
            passed += inside;
            if next == 3 {
                break;
            }
        }
        Some(found)
    }

    /// Moves all values into `all`.
    pub(super) fn drain_into(&mut self, all: &mut Self) {
        all.zeros += self.zeros;
        all.others += self.others;
        all.sum += self.sum;
        (self.zeros, self.others, self.sum) = (0, 0, 0);
        for (index, page) in self.pages.iter_mut().enumerate() {
            let Some(page) = page.as_mut().filter(|page| page.touched != 0) else {
                continue;
            };
            if !all.pages.get(index).is_some_and(Option::is_some) {
                all.open(index);
            }
            let Some(Some(target)) = all.pages.get_mut(index) else {
                continue;
            };
            target.touched |= page.touched;
            for block in bits(page.touched) {
                let range = block * BLOCK..(block + 1) * BLOCK;
                let pair = target.counts[range.clone()].iter_mut();
                for (into, from) in pair.zip(&mut page.counts[range]) {
                    *into += *from;
                    *from = 0;
                }
            }
            page.touched = 0;
        }
    }

    /// Blocks that hold values, with the value of their first place.
    fn blocks(&self) -> impl Iterator<Item = (u64, &[u32])> {
        self.pages.iter().enumerate().flat_map(|(index, page)| {
            page.iter().flat_map(move |page| {
                bits(page.touched).map(move |block| {
                    let start = index * PAGE + block * BLOCK;
                    (
                        start as u64,
                        &page.counts[block * BLOCK..(block + 1) * BLOCK],
                    )
                })
            })
        })
    }
}

/// Index of the value with this rank, counted from 1, within its block.
fn place_of(block: &[u32], rank: u64) -> u64 {
    let mut passed = 0;
    for (place, count) in block.iter().enumerate() {
        passed += u64::from(*count);
        if rank <= passed {
            return place as u64;
        }
    }
    0
}

fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (word != 0).then(|| {
            let bit = word.trailing_zeros() as usize;
            word &= word - 1;
            bit
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn quantiles_are_those_of_the_sorted_list(
            mut values in vec(prop_oneof![Just(0_u64), 0_u64..200, 0_u64..3_000_000], 1..400),
        ) {
            let (mut histogram, mut all) = (Histogram::default(), Histogram::default());
            for value in &values {
                histogram.add(*value);
            }
            values.sort_unstable();
            let rank = |percent: usize| values[(values.len() * percent).div_ceil(100) - 1];
            let expected = Some([rank(50), rank(95), rank(99)]);
            prop_assert_eq!(histogram.quantiles([50, 95, 99]), expected);
            prop_assert_eq!(histogram.sum(), values.iter().sum::<u64>());
            histogram.drain_into(&mut all);
            prop_assert_eq!(histogram.quantiles([50, 95, 99]), None);
            prop_assert_eq!(all.quantiles([50, 95, 99]), expected);
        }
    }
}
