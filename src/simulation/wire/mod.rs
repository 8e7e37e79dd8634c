//! Questions and answers as bytes, for the worker that runs the simulated day.
//!
//! Both sides belong to one release, so the format has no version and no names: values follow in
//! the order of their declaration. Unreadable bytes give `None`.

mod config;
mod result;

use super::{Config, Results};

/// A request for a simulated day.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Seed of the random numbers.
    pub seed: u64,
    /// Configuration of the day.
    pub config: Config,
}

impl Question {
    /// Encodes the question.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.put(&mut bytes);
        bytes
    }

    /// Decodes the output of [`Question::to_bytes`]; `None` if it is malformed.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        whole(bytes)
    }
}

impl Results {
    /// Encodes the results, without the request log.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.put(&mut bytes);
        bytes
    }

    /// Decodes the output of [`Results::to_bytes`]; `None` if it is malformed.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        whole(bytes)
    }
}

fn whole<T: Wire>(mut bytes: &[u8]) -> Option<T> {
    let value = T::take(&mut bytes)?;
    bytes.is_empty().then_some(value)
}

/// A value that can be appended to bytes and read back from them.
trait Wire: Sized {
    fn put(&self, out: &mut Vec<u8>);
    fn take(from: &mut &[u8]) -> Option<Self>;
}

/// Encodes all fields of a structure in this order; a missing one fails to compile.
macro_rules! record {
    ($($type:ty { $($field:ident),* $(,)? })*) => {
        $(impl super::Wire for $type {
            fn put(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.put(out);)*
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: super::Wire::take(from)?),* })
            }
        })*
    };
}

/// Encodes all variants of an enum; a missing one fails to compile.
macro_rules! choice {
    ($($type:ty { $($number:literal $variant:ident),* $(,)? })*) => {
        $(impl super::Wire for $type {
            fn put(&self, out: &mut Vec<u8>) {
                out.push(match self { $(Self::$variant => $number),* });
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                match super::byte(from)? {
                    $($number => Some(Self::$variant),)*
                    _ => None,
                }
            }
        })*
    };
}

use {choice, record};

fn byte(from: &mut &[u8]) -> Option<u8> {
    let (first, rest) = from.split_first()?;
    *from = rest;
    Some(*first)
}

/// Seven bits per byte, lowest first.
impl Wire for u64 {
    fn put(&self, out: &mut Vec<u8>) {
        let mut left = *self;
        while 0x7f < left {
            out.push(0x80 | (left & 0x7f) as u8);
            left >>= 7;
        }
        out.push((left & 0x7f) as u8);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let mut value = 0;
        for place in 0..10 {
            let next = byte(from)?;
            value |= Self::from(next & 0x7f) << (7 * place);
            if next < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

impl Wire for u32 {
    fn put(&self, out: &mut Vec<u8>) {
        u64::from(*self).put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        u64::take(from)?.try_into().ok()
    }
}

/// The sign is the lowest bit, so that small numbers are short.
impl Wire for i64 {
    fn put(&self, out: &mut Vec<u8>) {
        let sign = self.cast_unsigned() >> 63;
        ((self.unsigned_abs() - sign) << 1 | sign).put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let coded = u64::take(from)?;
        let size = i64::try_from(coded >> 1).ok()?;
        Some(if coded & 1 == 1 { -1 - size } else { size })
    }
}

impl Wire for f64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let (bytes, rest) = from.split_first_chunk()?;
        *from = rest;
        Some(Self::from_le_bytes(*bytes))
    }
}

impl Wire for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        if bool::take(from)? {
            T::take(from).map(Some)
        } else {
            Some(None)
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        for value in self {
            value.put(out);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let count = u64::take(from)?;
        // Each value takes at least one byte; a larger count would only exhaust the memory.
        if (from.len() as u64) < count {
            return None;
        }
        (0..count).map(|_| T::take(from)).collect()
    }
}

impl<T: Wire, const N: usize> Wire for [T; N] {
    fn put(&self, out: &mut Vec<u8>) {
        for value in self {
            value.put(out);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let values: Option<Vec<T>> = (0..N).map(|_| T::take(from)).collect();
        values?.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: Wire + PartialEq + std::fmt::Debug>(value: &T, expected: &[u8]) {
        let mut bytes = Vec::new();
        value.put(&mut bytes);
        assert_eq!(bytes, expected, "{value:?}");
        assert_eq!(whole::<T>(&bytes).as_ref(), Some(value));
        assert_eq!(
            whole::<T>(&bytes[..bytes.len() - 1]),
            None,
            "{value:?}, cut"
        );
    }

    #[test]
    fn a_value_is_as_long_as_it_needs_and_reads_back() {
        check(&0_u64, &[0]);
        check(&300_u64, &[0xac, 0x02]);
        let most = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        check(&u64::MAX, &most);
        check(&-1_i64, &[1]);
        check(&i64::MIN, &most);
        check(
            &i64::MAX,
            &[0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
        );
        check(&Some(true), &[1, 1]);
        check(&vec![1_u32, 128], &[2, 1, 0x80, 1]);
        check(&1.5_f64, &[0, 0, 0, 0, 0, 0, 0xf8, 0x3f]);
    }

    #[test]
    fn what_no_writer_wrote_is_none() {
        assert_eq!(whole::<u32>(&[0xff, 0xff, 0xff, 0xff, 0x7f]), None);
        assert_eq!(whole::<bool>(&[2]), None);
        assert_eq!(whole::<Vec<u32>>(&[0xff, 0xff, 0x7f, 1]), None);
        assert_eq!(whole::<bool>(&[1, 1]), None, "something is left over");
    }
}
