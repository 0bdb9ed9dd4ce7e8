//! The flags that every program has.

/// The flags of the console; a program flattens them into its own.
///
/// ```
/// use pixmo_console::ConsoleArgs;
///
/// /// Build a dataset
/// #[derive(clap::Parser)]
/// #[command(after_help = "Example: pixmo-docs build --shards 256")]
/// struct Args {
///     #[command(flatten)]
///     console: ConsoleArgs,
/// }
/// ```
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
#[command(next_help_heading = "Output")]
pub struct ConsoleArgs {
    /// Write one JSON object per line to standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// Say only what failed
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Also show the log
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Use colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    pub color: ColorChoice,
    /// Show progress as: auto, bar, lines or none
    #[arg(long, global = true, value_name = "FACE", default_value = "auto")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    pub progress: ProgressChoice,
}

/// When to use colour.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How to show progress.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProgressChoice {
    /// A bar on a terminal, lines elsewhere
    #[default]
    Auto,
    /// A bar, where there is a terminal to draw it on
    Bar,
    /// A line at the start, at every tenth or half minute, and at the end
    Lines,
    /// Nothing
    None,
}

impl ConsoleArgs {
    /// What can be known of the flags before they are parsed, so that even an error about the flags has the form the
    /// person asked for.
    #[must_use]
    pub fn glimpse<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Self {
        let mut args = ConsoleArgs::default();
        let mut words = arguments.iter().filter_map(|word| word.as_ref().to_str());
        while let Some(word) = words.next() {
            match word {
                "--" => break,
                "--json" => args.json = true,
                "--color" => args.color = color_named(words.next()),
                _ => {
                    if let Some(when) = word.strip_prefix("--color=") {
                        args.color = color_named(Some(when));
                    }
                }
            }
        }
        args
    }
}

fn color_named(name: Option<&str>) -> ColorChoice {
    match name {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glimpse_sees_json_and_color_up_to_the_double_dash() {
        let seen = ConsoleArgs::glimpse(&["build", "--shrads", "--color=never", "--json"]);
        assert_eq!(seen, ConsoleArgs { json: true, color: ColorChoice::Never, ..ConsoleArgs::default() });
        let seen = ConsoleArgs::glimpse(&["--color", "always", "--", "--json"]);
        assert_eq!(seen, ConsoleArgs { color: ColorChoice::Always, ..ConsoleArgs::default() });
    }
}
