//! The section `[build.<dataset>]`: some keys belong to the loop, the others to the dataset.

use std::fmt;
use std::marker::PhantomData;

use pixmo_campaign::keys_of;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, de};

/// The keys of the loop.
const LOOP_KEYS: [&str; 3] = ["shards", "limit", "drops_percent_max"];

/// A section `[build.<dataset>]`, read in one go so that an unknown key is an error whoever it was meant for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct BuildSection<S> {
    /// How many shards.
    pub(crate) shards: Option<u32>,
    /// The most tasks.
    pub(crate) limit: Option<u64>,
    /// The largest share of tasks that may give nothing, in per cent.
    pub(crate) drops_percent_max: Option<f64>,
    /// What the dataset reads.
    pub(crate) settings: S,
}

impl<'de, S: DeserializeOwned> Deserialize<'de> for BuildSection<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys: Vec<&'static str> = LOOP_KEYS.iter().chain(keys_of::<S>()).copied().collect();
        // Serde asks for names that live as long as the program; a program reads its section once.
        let keys: &'static [&'static str] = Vec::leak(keys);
        deserializer.deserialize_struct("BuildSection", keys, SectionVisitor(PhantomData))
    }
}

struct SectionVisitor<S>(PhantomData<S>);

impl<'de, S: DeserializeOwned> Visitor<'de> for SectionVisitor<S> {
    type Value = BuildSection<S>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut ours = Ours::default();
        let theirs = Theirs { map, ours: &mut ours };
        let settings = S::deserialize(MapAccessDeserializer::new(theirs))?;
        let Ours { shards, limit, drops_percent_max } = ours;
        Ok(BuildSection { shards, limit, drops_percent_max, settings })
    }
}

/// A number from 0 to 100.
struct Percent(f64);

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Percent, D::Error> {
        struct PercentVisitor;
        impl Visitor<'_> for PercentVisitor {
            type Value = Percent;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number from 0 to 100")
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Percent, E> {
                match number {
                    0.0..=100.0 => Ok(Percent(number)),
                    _ => Err(E::invalid_value(de::Unexpected::Float(number), &self)),
                }
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Percent, E> {
                match number {
                    0..=100 => Ok(Percent(number as f64)),
                    _ => Err(E::invalid_value(de::Unexpected::Unsigned(number), &self)),
                }
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Percent, E> {
                match u64::try_from(number) {
                    Ok(number) => self.visit_u64(number),
                    Err(_) => Err(E::invalid_value(de::Unexpected::Signed(number), &self)),
                }
            }
        }
        deserializer.deserialize_f64(PercentVisitor)
    }
}

#[derive(Default)]
struct Ours {
    shards: Option<u32>,
    limit: Option<u64>,
    drops_percent_max: Option<f64>,
}

/// The entries of the section without those of the loop, which are kept aside as they come by.
struct Theirs<'a, A> {
    map: A,
    ours: &'a mut Ours,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Theirs<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.map.next_key::<String>()? {
            match key.as_str() {
                "shards" => self.ours.shards = Some(self.map.next_value()?),
                "limit" => self.ours.limit = Some(self.map.next_value()?),
                "drops_percent_max" => {
                    self.ours.drops_percent_max = Some(self.map.next_value::<Percent>()?.0);
                }
                _ => return seed.deserialize(key.into_deserializer()).map(Some),
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use pixmo_campaign::Campaign;

    use super::*;

    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Settings {
        scale: u32,
        figures: Figures,
    }

    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Figures {
        charts: u64,
    }

    fn read(text: &str) -> Result<BuildSection<Settings>, String> {
        let campaign = Campaign::parse(Path::new("campaign.toml"), format!("[build.docs]\n{text}")).unwrap();
        let section = campaign.section::<BuildSection<Settings>>("build.docs");
        section
            .map(Option::unwrap)
            .map_err(|error| format!("{error} at {}", error.at.clone().unwrap_or_default()))
    }

    #[test]
    fn keys_of_the_loop_and_of_the_dataset_stand_together() {
        let section =
            read("figures.charts = 60\nshards = 128\nscale = 2\nlimit = 100\ndrops_percent_max = 2").unwrap();
        assert_eq!((section.shards, section.limit), (Some(128), Some(100)));
        assert_eq!(section.drops_percent_max, Some(2.0));
        assert_eq!(section.settings, Settings { scale: 2, figures: Figures { charts: 60 } });
        assert_eq!(read("").unwrap(), BuildSection::default());
    }

    #[test]
    fn what_is_wrong_is_found_wherever_it_stands() {
        let errors = [
            read("shard_count = 128"),
            read("scale = 1\nfigures.chart = 60"),
            read("shards = -1"),
            read("scale = \"two\""),
            read("drops_percent_max = 101.0"),
            read("drops_percent_max = -1"),
        ];
        let errors: Vec<String> = errors.into_iter().map(Result::unwrap_err).collect();
        insta::assert_snapshot!(errors.join("\n"));
    }
}
