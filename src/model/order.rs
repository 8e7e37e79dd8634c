//! Orders of a few values. One sort for all of them: each further one is 4 kB of program.

/// Positions from the lowest group and value up; equal ones keep their order.
pub fn ascending(keys: &[(u8, f64)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|a, b| {
        let ((group_a, a), (group_b, b)) = (keys[*a], keys[*b]);
        group_a.cmp(&group_b).then(a.total_cmp(&b))
    });
    order
}

/// The items from the lowest key up; equal ones keep their order.
pub fn sorted_by<T>(items: Vec<T>, key: impl Fn(&T) -> (u8, f64)) -> Vec<T> {
    let keys: Vec<(u8, f64)> = items.iter().map(key).collect();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let order = ascending(&keys).into_iter();
    let mut sorted = Vec::with_capacity(items.len());
    sorted.extend(order.filter_map(|index| items[index].take()));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ones_keep_their_order() {
        let keys = [(1, 0.0), (0, 2.0), (0, -1.0), (0, 2.0)];
        assert_eq!(ascending(&keys), [2, 1, 3, 0]);
        let words = sorted_by(vec!["ccc", "a", "bb", "d"], |word| (0, word.len() as f64));
        assert_eq!(words, ["a", "d", "bb", "ccc"]);
    }
}
