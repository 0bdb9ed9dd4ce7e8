//! The order of tasks as one number: first by priority, higher first, then by order, lower first.

/// Priorities lie from minus this to this.
pub(crate) const PRIORITY_MAX: i64 = 1_000;
/// Orders lie from 0 to below this.
pub(crate) const ORDER_END: i64 = 1 << 50;

/// The rank of a task: the lowest comes first.
pub(crate) fn rank_of(priority: i64, order: i64) -> i64 {
    let priority = priority.clamp(-PRIORITY_MAX, PRIORITY_MAX);
    (PRIORITY_MAX - priority) * ORDER_END + order.clamp(0, ORDER_END - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priority_comes_before_order_and_nothing_overflows() {
        let mut ranks = [(0, 5), (0, 4), (9, 7), (PRIORITY_MAX, 0), (-PRIORITY_MAX, ORDER_END - 1), (-1, 0)];
        ranks.sort_by_key(|(priority, order)| rank_of(*priority, *order));
        let sorted = [(PRIORITY_MAX, 0), (9, 7), (0, 4), (0, 5), (-1, 0), (-PRIORITY_MAX, ORDER_END - 1)];
        assert_eq!(ranks, sorted);
        assert!(rank_of(-PRIORITY_MAX, ORDER_END - 1) > 0);
    }
}
