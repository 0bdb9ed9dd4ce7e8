//! The list of models.
//!
//! The addresses of Whisper name one revision of the repository, so that what lies there cannot change. Hashes and sizes
//! are those that the repository's own storage names its files by (the object ids of Git LFS are SHA-256), as several
//! programs that pin them agree. A model whose hash nobody vouches for has none here, and whoever fetches it has to say
//! which hash it shall have.

/// What a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Speech to text, for whisper.cpp.
    Speech,
    /// Finds things in pictures.
    Detector,
    /// Looks at pictures and answers: a whole Molmo.
    Molmo,
    /// Looks at pictures: the eye of a Molmo before training.
    Vision,
    /// Continues texts: the base of a Molmo before training.
    Language,
}

impl What {
    /// In a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            What::Speech => "speech",
            What::Detector => "detector",
            What::Molmo => "molmo",
            What::Vision => "vision",
            What::Language => "language",
        }
    }
}

/// A model that is known.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// What people call it.
    pub name: &'static str,
    /// The name of its file.
    pub file: String,
    /// What it is for.
    pub what: What,
    /// What is special about it.
    pub about: String,
    /// SHA-256 of its file, in hexadecimal; `None` where nobody vouches for one.
    pub sha256: Option<&'static str>,
    /// Bytes of its file, if they are known.
    pub bytes: Option<u64>,
    /// Its licence, as an SPDX id.
    pub licence: &'static str,
    /// Where it comes from.
    pub address: String,
}

/// The repository of Whisper's models in the form of whisper.cpp, at one revision.
const WHISPER_BASE: &str =
    "https://huggingface.co/ggerganov/whisper.cpp/resolve/5359861c739e955e79d9a303bcbc70fb988958b1";

/// Name, bytes and SHA-256 of Whisper's models, the smallest first.
#[rustfmt::skip]
const WHISPER: &[(&str, u64, &str)] = &[
    ("tiny",                   77_691_713, "be07e048e1e599ad46341c8d2a135645097a538221678b7acdd1b1919c6e1b21"),
    ("tiny-q5_1",              32_152_673, "818710568da3ca15689e31a743197b520007872ff9576237bda97bd1b469c3d7"),
    ("tiny-q8_0",              43_537_433, "c2085835d3f50733e2ff6e4b41ae8a2b8d8110461e18821b09a15c40c42d1cca"),
    ("tiny.en",                77_704_715, "921e4cf8686fdd993dcd081a5da5b6c365bfde1162e72b08d75ac75289920b1f"),
    ("tiny.en-q5_1",           32_166_155, "c77c5766f1cef09b6b7d47f21b546cbddd4157886b3b5d6d4f709e91e66c7c2b"),
    ("tiny.en-q8_0",           43_550_795, "5bc2b3860aa151a4c6e7bb095e1fcce7cf12c7b020ca08dcec0c6d018bb7dd94"),
    ("base",                  147_951_465, "60ed5bc3dd14eea856493d334349b405782ddcaf0028d4b5df4088345fba2efe"),
    ("base-q5_1",              59_707_625, "422f1ae452ade6f30a004d7e5c6a43195e4433bc370bf23fac9cc591f01a8898"),
    ("base-q8_0",              81_768_585, "c577b9a86e7e048a0b7eada054f4dd79a56bbfa911fbdacf900ac5b567cbb7d9"),
    ("base.en",               147_964_211, "a03779c86df3323075f5e796cb2ce5029f00ec8869eee3fdfb897afe36c6d002"),
    ("base.en-q5_1",           59_721_011, "4baf70dd0d7c4247ba2b81fafd9c01005ac77c2f9ef064e00dcf195d0e2fdd2f"),
    ("base.en-q8_0",           81_781_811, "a4d4a0768075e13cfd7e19df3ae2dbc4a68d37d36a7dad45e8410c9a34f8c87e"),
    ("small",                 487_601_967, "1be3a9b2063867b937e64e2ec7483364a79917e157fa98c5d94b5c1fffea987b"),
    ("small-q5_1",            190_085_487, "ae85e4a935d7a567bd102fe55afc16bb595bdb618e11b2fc7591bc08120411bb"),
    ("small-q8_0",            264_464_607, "49c8fb02b65e6049d5fa6c04f81f53b867b5ec9540406812c643f177317f779f"),
    ("small.en",              487_614_201, "c6138d6d58ecc8322097e0f987c32f1be8bb0a18532a3f88f734d1bbf9c41e5d"),
    ("small.en-q5_1",         190_098_681, "bfdff4894dcb76bbf647d56263ea2a96645423f1669176f4844a1bf8e478ad30"),
    ("small.en-q8_0",         264_477_561, "67a179f608ea6114bd3fdb9060e762b588a3fb3bd00c4387971be4d177958067"),
    ("medium",              1_533_763_059, "6c14d5adee5f86394037b4e4e8b59f1673b6cee10e3cf0b11bbdbee79c156208"),
    ("medium-q5_0",           539_212_467, "19fea4b380c3a618ec4723c3eef2eb785ffba0d0538cf43f8f235e7b3b34220f"),
    ("medium-q8_0",           823_369_779, "42a1ffcbe4167d224232443396968db4d02d4e8e87e213d3ee2e03095dea6502"),
    ("medium.en",           1_533_774_781, "cc37e93478338ec7700281a7ac30a10128929eb8f427dda2e865faa8f6da4356"),
    ("medium.en-q5_0",        539_225_533, "76733e26ad8fe1c7a5bf7531a9d41917b2adc0f20f2e4f5531688a8c6cd88eb0"),
    ("medium.en-q8_0",        823_382_461, "43fa2cd084de5a04399a896a9a7a786064e221365c01700cea4666005218f11c"),
    ("large-v3",            3_095_033_483, "64d182b440b98d5203c4f9bd541544d84c605196c4f7b845dfa11fb23594d1e2"),
    ("large-v3-q5_0",       1_081_140_203, "d75795ecff3f83b5faa89d1900604ad8c780abd5739fae406de19f23ecd98ad1"),
    ("large-v3-turbo",      1_624_555_275, "1fc70f774d38eb169993ac391eea357ef47c88757ef72ee5943879b7e8e2bc69"),
    ("large-v3-turbo-q5_0",   574_041_195, "394221709cd5ad1f40c46e6031ca61bce88931e6e088c188294c6d5a55ffa7e2"),
    ("large-v3-turbo-q8_0",   874_188_075, "317eb69c11673c9de1e1f0d459b253999804ec71ac4c23c17ecf5fbe24e259a1"),
];

/// All models that are known, in the order of the list.
#[must_use]
pub fn all() -> Vec<Entry> {
    let mut all: Vec<Entry> =
        WHISPER.iter().map(|(name, bytes, sha256)| whisper(name, *bytes, sha256)).collect();
    all.push(Entry {
        name: "ultraface-rfb-320",
        file: "version-RFB-320.onnx".to_owned(),
        what: What::Detector,
        about: "faces; for `screen` of [build.images] with `head = \"ssd\"`".to_owned(),
        sha256: Some("34cd7e60aeff28744c657de7a3dc64e872d506741de66987f3426f2b79f88017"),
        bytes: Some(1_270_727),
        licence: "MIT",
        address: "https://raw.githubusercontent.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB/\
                  0f9ca4a9fc80170fd505168fd1132b837141f7df/models/onnx/version-RFB-320.onnx"
            .to_owned(),
    });
    all.push(Entry {
        name: "ultraface-rfb-640",
        file: "version-RFB-640.onnx".to_owned(),
        what: What::Detector,
        about: "smaller faces, with an input of 640 x 480; nobody vouches for a hash here: give `--sha256`"
            .to_owned(),
        sha256: None,
        bytes: None,
        licence: "MIT",
        address: "https://raw.githubusercontent.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB/\
                  029907032ba408fc57a829c430d5bd3936e3cae7/models/onnx/version-RFB-640.onnx"
            .to_owned(),
    });
    all
}

fn whisper(name: &'static str, bytes: u64, sha256: &'static str) -> Entry {
    let languages = if name.contains(".en") { "English" } else { "99 languages" };
    let weights = match name.rsplit_once("-q") {
        Some((_, bits)) => format!("{}-bit weights", &bits[..1]),
        None => "16-bit weights".to_owned(),
    };
    let file = format!("ggml-{name}.bin");
    Entry {
        name,
        address: format!("{WHISPER_BASE}/{file}"),
        file,
        what: What::Speech,
        about: format!("Whisper, {languages}, {weights}"),
        sha256: Some(sha256),
        bytes: Some(bytes),
        licence: "MIT",
    }
}

/// The model that is called so, by its name or by that of its file.
#[must_use]
pub fn find(name: &str) -> Option<Entry> {
    all().into_iter().find(|entry| entry.name == name || entry.file == name)
}

/// Names that differ from `name` by little, the nearest first.
#[must_use]
pub fn near(name: &str) -> Vec<&'static str> {
    let name = name.to_lowercase();
    let stem = name.trim_start_matches("whisper-").trim_start_matches("ggml-").trim_end_matches(".bin");
    let mut near: Vec<&'static str> = all()
        .iter()
        .map(|entry| entry.name)
        .chain(crate::checkpoints::ALL.iter().map(|one| one.name))
        .filter(|known| known.starts_with(stem) || stem.starts_with(known))
        .collect();
    near.sort_by_key(|known| known.len().abs_diff(stem.len()));
    near.truncate(4);
    near
}

/// The 32 bytes of a SHA-256 in hexadecimal digits.
#[must_use]
pub fn digest_of(text: &str) -> Option<[u8; 32]> {
    let bytes = hex::decode(text.trim().to_lowercase()).ok()?;
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        let all = all();
        let mut names: Vec<&str> = all.iter().map(|entry| entry.name).collect();
        let mut files: Vec<&str> = all.iter().map(|entry| entry.file.as_str()).collect();
        let mut hashes: Vec<&str> = all.iter().filter_map(|entry| entry.sha256).collect();
        for list in [&mut names, &mut files, &mut hashes] {
            let before = list.len();
            list.sort_unstable();
            list.dedup();
            assert_eq!(list.len(), before, "each stands once");
        }
        assert_eq!((names.len(), hashes.len()), (31, 30));
        for entry in &all {
            assert!(entry.sha256.is_none_or(|text| digest_of(text).is_some()), "{}", entry.name);
            assert!(
                entry.address.ends_with(&entry.file) && entry.address.starts_with("https://"),
                "{}",
                entry.name
            );
            assert!(!entry.address.contains(' ') && !entry.file.contains('/'), "{}", entry.name);
            assert_eq!(entry.sha256.is_some(), entry.bytes.is_some(), "{}", entry.name);
        }
        // Fewer bits a weight are fewer bytes.
        let bytes = |name: &str| find(name).unwrap().bytes.unwrap();
        for (less, more) in
            [("tiny-q5_1", "tiny-q8_0"), ("tiny-q8_0", "tiny"), ("base", "small"), ("medium", "large-v3")]
        {
            assert!(bytes(less) < bytes(more), "{less} {more}");
        }
    }

    #[test]
    fn names_are_found_as_people_write_them() {
        assert_eq!(find("tiny.en").unwrap().file, "ggml-tiny.en.bin");
        assert_eq!(find("ggml-tiny.en.bin").unwrap().name, "tiny.en");
        assert_eq!(find("large"), None);
        assert_eq!(near("large")[0], "large-v3");
        assert_eq!(near("whisper-base.en")[0], "base.en");
        assert!(near("nothing").is_empty());
    }
}
