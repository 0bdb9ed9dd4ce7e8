//! A file of annotations in the form of COCO, of which run lengths are read.

use std::collections::HashMap;

use pixmo_schemas::Sha256;
use serde::Deserialize;
use serde_json::Value;

use crate::rle::Rle;

/// What is read of a file; all else in it is passed over, as COCO files hold much.
#[derive(Deserialize)]
struct Coco {
    images: Vec<Image>,
    annotations: Vec<Annotation>,
    categories: Vec<Category>,
}

#[derive(Deserialize)]
struct Image {
    id: u64,
    file_name: String,
}

#[derive(Deserialize)]
struct Category {
    id: u64,
    name: String,
}

#[derive(Deserialize)]
struct Annotation {
    image_id: u64,
    category_id: u64,
    /// Run lengths as an object, or polygons as a list.
    segmentation: Value,
}

/// The masks of a file in its order, each with image and label; or what is wrong with it.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<(Sha256, String, Rle)>, String> {
    let coco: Coco = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let mut images = HashMap::new();
    for image in &coco.images {
        let name = image.file_name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        let hash: Sha256 = stem.parse().map_err(|_| {
            format!("`file_name` is `{}`, expected the SHA-256 of the image with any ending", image.file_name)
        })?;
        images.insert(image.id, hash);
    }
    let labels: HashMap<u64, &str> =
        coco.categories.iter().map(|category| (category.id, category.name.as_str())).collect();
    let mut masks = Vec::with_capacity(coco.annotations.len());
    for (number, annotation) in coco.annotations.iter().enumerate() {
        let wrong = |why: String| format!("annotation {number}: {why}");
        let image = images.get(&annotation.image_id);
        let image = image.ok_or_else(|| wrong(format!("there is no image {}", annotation.image_id)))?;
        let label = labels.get(&annotation.category_id);
        let label = label.ok_or_else(|| wrong(format!("there is no category {}", annotation.category_id)))?;
        let mask = mask_of(&annotation.segmentation).map_err(wrong)?;
        masks.push((*image, (*label).to_owned(), mask));
    }
    Ok(masks)
}

fn mask_of(segmentation: &Value) -> Result<Rle, String> {
    let Value::Object(fields) = segmentation else {
        return Err(
            "`segmentation` is a list of polygons, expected run lengths with `size` and `counts`".to_owned()
        );
    };
    let number = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
    let size: Option<Vec<u32>> =
        fields.get("size").and_then(Value::as_array).and_then(|size| size.iter().map(number).collect());
    let Some([height, width]) = size.as_deref() else {
        return Err("`size` is missing, expected height and width in pixels".to_owned());
    };
    let mask = match fields.get("counts") {
        Some(Value::String(counts)) => Rle::parse(*width, *height, counts),
        Some(Value::Array(runs)) => {
            let runs: Option<Vec<u32>> = runs.iter().map(number).collect();
            let runs =
                runs.ok_or_else(|| "`counts` holds something other than lengths in pixels".to_owned())?;
            Rle::new(*width, *height, runs)
        }
        _ => return Err("`counts` is missing, expected text or a list of lengths".to_owned()),
    };
    mask.map_err(|error| error.to_string())
}
