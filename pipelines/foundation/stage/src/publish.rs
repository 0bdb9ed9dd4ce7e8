//! The last step: card and manifest, when all shards are there; whoever comes last does it.

use std::collections::BTreeMap;

use pixmo_console::Failure;
use pixmo_shards::begun::BEGUN;
use pixmo_shards::{Card, Location, LocationError, Manifest, Sidecar, Survey, names};

use crate::claim::Claim;
use crate::failures;
use crate::request::Request;
use crate::stage::Stage;

/// Writes the card and the manifest if all shards are finished, and clears the work folder away.
///
/// `None` if shards are missing, or if another build is still at work here, which then does it. A folder that already
/// is as it should be is not touched.
pub(crate) fn publish<S: Stage>(
    request: &Request<S>,
    mut claim: Claim,
    finished: &BTreeMap<u32, Sidecar>,
) -> Result<Option<Manifest>, Failure> {
    claim.release(request);
    let sidecars = match all_sidecars(request, finished)? {
        Some(sidecars) => sidecars,
        None => return Ok(None),
    };
    let configs = request.stage.configs();
    let card = Card {
        template: S::CARD,
        dataset: S::DATASET,
        build: &request.begun,
        configs: &configs,
        sidecars: &sidecars,
    };
    let card = card.render().map_err(|error| {
        Failure::bug(format!("the card of `{}` cannot be written", S::DATASET)).cause(&error)
    })?;
    let manifest = Manifest::derive(&request.begun, &sidecars, card.as_bytes()).map_err(|error| {
        Failure::data(format!("the shards of `{}` do not belong together", S::DATASET)).cause(&error)
    })?;
    let content = [(names::CARD, card.into_bytes()), (names::MANIFEST, manifest.to_bytes())];
    let into = &request.into;
    if is_as_it_should_be(request, &content).map_err(failures::of_place)? {
        return Ok(Some(manifest));
    }
    let Some(_alone) = claim.alone(request)? else { return Ok(None) };
    for (name, bytes) in &content {
        if !holds(into, name, bytes).map_err(failures::of_place)? {
            into.put_atomic(name, bytes).map_err(failures::of_place)?;
        }
    }
    into.delete(BEGUN).map_err(failures::of_place)?;
    into.disk()
        .remove_folder(&request.work)
        .map_err(|error| LocationError::from_io("delete", request.work.display().to_string(), error))
        .map_err(failures::of_place)?;
    Ok(Some(manifest))
}

/// The sidecars of all shards in order, if each has its files. Others may have finished shards while we did ours, so
/// the folder is asked again if we have not seen them all.
fn all_sidecars<S: Stage>(
    request: &Request<S>,
    finished: &BTreeMap<u32, Sidecar>,
) -> Result<Option<Vec<Sidecar>>, Failure> {
    if finished.len() == request.shards.len() {
        return Ok(Some(finished.values().cloned().collect()));
    }
    let survey = Survey::of(&request.into).map_err(failures::of_place)?;
    let hash = request.begun.hash();
    let good = survey.sidecars.iter().filter_map(|(_, sidecar)| sidecar.as_ref().ok());
    let good = good.filter(|sidecar| sidecar.settings_hash == hash && survey.has_files_of(sidecar));
    let by_shard: BTreeMap<u32, Sidecar> = good.map(|sidecar| (sidecar.shard, sidecar.clone())).collect();
    Ok((by_shard.len() == request.shards.len()).then(|| by_shard.into_values().collect()))
}

fn is_as_it_should_be<S: Stage>(
    request: &Request<S>,
    content: &[(&str, Vec<u8>)],
) -> Result<bool, LocationError> {
    for (name, bytes) in content {
        if !holds(&request.into, name, bytes)? {
            return Ok(false);
        }
    }
    Ok(!request.work.exists() && !request.into.exists(BEGUN)?)
}

fn holds(into: &Location, name: &str, bytes: &[u8]) -> Result<bool, LocationError> {
    Ok(into.size(name)? == Some(bytes.len() as u64) && into.read(name)? == bytes)
}
