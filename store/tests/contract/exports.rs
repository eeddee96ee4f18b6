//! Exports: what an archive holds, and when it goes.

mod archive;
mod ends;
mod pieces;

use domain::{
    deletion::Target,
    export::ExportState,
    id::{EnvironmentId, ExportId},
    name::ProjectName,
    zone::ZoneName,
};
use serde_json::Value;
use store::{
    Error,
    access::{DeleteUsers, ManageProjects, View},
    console::exports::{Export, PartPlace},
};

use crate::support::{Founded, House};

async fn try_to_ask(house: &House, founded: &Founded, target: &Target) -> Result<ExportId, Error> {
    let granted = house.granted::<DeleteUsers>(founded).await;
    house.store.console.export_users(&granted).ask(target).await
}

async fn ask(house: &House, founded: &Founded, target: &Target) -> ExportId {
    try_to_ask(house, founded, target).await.unwrap()
}

async fn told(house: &House, founded: &Founded, id: ExportId) -> Export {
    house.store.console.export(&house.granted::<View>(founded).await, id).await.unwrap()
}

async fn drain(house: &House) {
    house.store.maintenance.unscoped_drain().await.unwrap();
}

/// Asks, waits until it is ready, and downloads it.
async fn exported(house: &House, founded: &Founded, target: &Target) -> Vec<u8> {
    let id = ask(house, founded, target).await;
    drain(house).await;
    assert_eq!(told(house, founded, id).await.state, ExportState::Ready);
    download(house, founded, id).await
}

async fn download(house: &House, founded: &Founded, id: ExportId) -> Vec<u8> {
    let granted = house.granted::<DeleteUsers>(founded).await;
    let exports = house.store.console.export_users(&granted);
    let export = exports.download(id).await.unwrap();
    let (mut bytes, mut place) = (Vec::new(), PartPlace::START);
    while let Some(part) = exports.part(id, place).await.unwrap() {
        assert!(part.bytes.len() <= 256 << 10);
        bytes.extend(part.bytes);
        place = part.place;
    }
    assert_eq!(bytes.len() as u64, export.bytes, "a download says beforehand how long it is");
    bytes
}

/// A file of an archive, read by another program than the one that wrote it.
fn file(archive: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names, ["data.json", "index.html", "events.csv"]);
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

fn data(archive: &[u8]) -> Value {
    serde_json::from_str(&file(archive, "data.json")).unwrap()
}

fn rows<'a>(environment: &'a Value, table: &str) -> &'a Vec<Value> {
    environment[table].as_array().unwrap()
}

/// The only environment of a further project.
async fn shop(house: &House, founded: &Founded) -> EnvironmentId {
    let granted = house.granted::<ManageProjects>(founded).await;
    let zone = ZoneName::parse("UTC").unwrap();
    let name = ProjectName::parse("Shop").unwrap();
    house.store.console.manage_projects(&granted).create(&name, &zone).await.unwrap().1
}
