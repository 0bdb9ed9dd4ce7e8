//! The words that figures write by themselves, such as the names of months on an axis of time.

/// A word list; the default is English. In patterns, `{}` is filled by the figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureWords {
    /// A step upwards in a waterfall.
    pub increase: String,
    /// A step downwards.
    pub decrease: String,
    /// The bars at the ends of a waterfall.
    pub total: String,
    /// A price that rose.
    pub rise: String,
    /// A price that fell.
    pub fall: String,
    /// The lowest band of a bullet chart.
    pub below: String,
    /// A band between two shares, both `{}`.
    pub between: String,
    /// The highest band.
    pub above: String,
    /// The title of an axis of decades, after the name of what it measures.
    pub log_scale: String,
    /// The title of an axis of decades without such a name.
    pub log: String,
    /// What a symbol of a pictogram is worth.
    pub symbol: String,
    /// What the areas of bubbles stand for.
    pub area: String,
    /// The entry of missing numbers in a legend.
    pub no_data: String,
    /// The axis of a density.
    pub density: String,
    /// The axis of a cumulative distribution.
    pub share_up_to: String,
    /// The same axis, shorter.
    pub cumulative: String,
    /// What stands behind per cent.
    pub percent: String,
    /// The months, short.
    pub months: [String; 12],
}

impl Default for FigureWords {
    fn default() -> Self {
        let own = str::to_owned;
        Self {
            increase: own("Increase"),
            decrease: own("Decrease"),
            total: own("Total"),
            rise: own("Rise"),
            fall: own("Fall"),
            below: own("Below {} of goal"),
            between: own("{} to {}"),
            above: own("{} and above"),
            log_scale: own("{}, log scale"),
            log: own("Logarithmic scale"),
            symbol: own("Each symbol stands for {}"),
            area: own("Area: {}"),
            no_data: own("no data"),
            density: own("Density"),
            share_up_to: own("Share of readings up to this value"),
            cumulative: own("Cumulative share"),
            percent: own("%"),
            months: crate::date::MONTHS.map(own),
        }
    }
}

/// Fills the `{}` of a pattern in their order.
pub(crate) fn fill(pattern: &str, values: &[&str]) -> String {
    values.iter().fold(pattern.to_owned(), |text, value| text.replacen("{}", value, 1))
}
