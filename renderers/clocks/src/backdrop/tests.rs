use super::*;
use pixmo_render::raster;
use std::collections::BTreeSet;

const SETTINGS: [Setting; 5] =
    [Setting::Any, Setting::Hand, Setting::Standing, Setting::Wall, Setting::Outdoors];

fn some(number: u64) -> Backdrop {
    if number % 16 == 15 {
        let worn = Worn { at: Point::new(8.0, -5.0), half: 30.0, case: 17.0, degrees: number as f32 };
        return Backdrop::worn(&worn, &mut Seed::from_number(number).rng("backdrop"));
    }
    let setting = SETTINGS[(number % 5) as usize];
    Backdrop::fitting(setting, !number.is_multiple_of(4), &mut Seed::from_number(number).rng("backdrop"))
}

fn painted(backdrop: &Backdrop, width: u32, height: u32) -> pixmo_render::Pixmap {
    let mut scene = Scene::new(width, height, Color::rgb(255, 0, 255));
    backdrop.draw(&mut scene);
    raster::paint(&scene)
}

#[test]
fn every_kind_comes_and_covers_the_whole_picture() {
    let mut kinds = BTreeSet::new();
    for number in 0..400 {
        let backdrop = some(number);
        if !kinds.insert(backdrop.ground.slug()) && number > 120 {
            continue;
        }
        for (width, height) in [(96, 64), (50, 90)] {
            let pixels = painted(&backdrop, width, height);
            // The colour of an untouched scene is nowhere to be seen.
            let bare =
                pixels.pixels().iter().filter(|p| (p.red(), p.green(), p.blue()) == (255, 0, 255)).count();
            assert_eq!(bare, 0, "{backdrop:?}");
        }
    }
    assert_eq!(kinds.len(), 15, "{kinds:?}");
}

#[test]
fn the_same_parameters_give_the_same_picture() {
    for number in 0..60 {
        let backdrop = some(number);
        let text = serde_json::to_string(&backdrop).expect("a backdrop can be written");
        let read: Backdrop = serde_json::from_str(&text).expect("and read");
        assert_eq!(read, backdrop);
        assert!(painted(&backdrop, 80, 80).data() == painted(&read, 80, 80).data(), "{text}");
    }
}

#[test]
fn another_grain_is_another_picture_of_the_same_kind() {
    let mut rng = Seed::from_number(5).rng("boards");
    let ground = Ground::Boards(Boards::drawn(&mut rng));
    let first = Backdrop { ground, light: None, grain: 1 };
    let second = Backdrop { grain: 2, ..first.clone() };
    assert!(painted(&first, 90, 90).data() != painted(&second, 90, 90).data());
}

#[test]
fn a_backdrop_is_few_shapes_of_one_ornament() {
    for number in 0..200 {
        let mut scene = Scene::new(512, 512, Color::WHITE);
        some(number).draw(&mut scene);
        assert!(scene.items.len() < 400, "{} of {:?}", scene.items.len(), some(number));
        assert!(
            scene.elements.len() <= 1
                && scene.elements.iter().all(|e| e.role == pixmo_render::Role::Ornament)
        );
    }
}

#[test]
fn an_arm_is_as_wide_as_a_strap_is_long() {
    for number in 0..40 {
        let worn = Worn { at: Point::new(10.0, -6.0), half: 12.0 + number as f32, case: 8.0, degrees: 0.0 };
        let mut backdrop = Backdrop::worn(&worn, &mut Seed::from_number(number).rng("backdrop"));
        let Ground::Arm(arm) = &mut backdrop.ground else { panic!("{backdrop:?}") };
        (arm.degrees, arm.skin, arm.behind, arm.sleeve) =
            (0.0, Color::WHITE, (Color::BLACK, Color::BLACK), None);
        let pixels = painted(&backdrop, 400, 400);
        let light = |y: u32| pixels.pixels()[(y * 400 + 240) as usize].red() > 60;
        let tall = (0..400).filter(|y| light(*y)).count() as f32 / 8.0;
        assert!((tall / worn.half - 1.0).abs() < 0.15, "{number}: {tall} for {}", worn.half);
    }
}
