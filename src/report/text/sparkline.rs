//! Counts in, a line of blocks out.

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The counts as at most `cells` blocks, neighbours summed where there are more; a bin without a count is a blank.
pub(super) fn line(counts: &[u64], cells: usize) -> String {
    if counts.is_empty() || cells == 0 {
        return String::new();
    }
    let group = counts.len().div_ceil(cells);
    let bins: Vec<u128> =
        counts.chunks(group).map(|bins| bins.iter().map(|&n| u128::from(n)).sum()).collect();
    let most = bins.iter().copied().max().unwrap_or(0).max(1);
    bins.iter().map(|&bin| block(bin, most)).collect()
}

/// A block a number, the highest for `most` and what is beyond it.
pub(super) fn line_of(numbers: &[u64], most: u64) -> String {
    numbers.iter().map(|&it| block(it.min(most).into(), most.max(1).into())).collect()
}

fn block(bin: u128, most: u128) -> char {
    if bin == 0 { ' ' } else { LEVELS[usize::try_from((bin * 8 - 1) / most).unwrap_or(7).min(7)] }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn the_tallest_bin_is_full_and_an_empty_one_is_blank() {
        assert_eq!(line(&[1, 2, 3, 4, 5, 6, 7, 8], 8), "▁▂▃▄▅▆▇█");
        assert_eq!(line(&[0, 1, 1_000_000], 8), " ▁█");
        assert_eq!(line(&[u64::MAX, u64::MAX], 8), "██");
        assert_eq!(line(&[0, 0], 8), "  ");
        assert_eq!(line(&[], 8), "");
    }

    #[test]
    fn neighbours_are_summed_where_there_is_no_room() {
        assert_eq!(line(&[1, 1, 4, 4], 2), "▂█");
        assert!(line(&[1; 100], 16).chars().count() <= 16);
    }
}
