//! Sorting of a few values by insertion: the standard library's sort costs 4 kB of code for each
//! sorted type.

/// Indices in ascending order of group and value; stable.
pub fn ascending(keys: &[(u8, f64)]) -> Vec<usize> {
    let mut order = Vec::with_capacity(keys.len());
    for (index, (group, value)) in keys.iter().enumerate() {
        let place = order.partition_point(|other: &usize| {
            let (other_group, other_value) = &keys[*other];
            let order = other_group.cmp(group).then(other_value.total_cmp(value));
            order.is_le()
        });
        order.insert(place, index);
    }
    order
}

/// Items in ascending order of their keys; stable.
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
