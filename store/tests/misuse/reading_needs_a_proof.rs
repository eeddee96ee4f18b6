async fn list(console: &store::Console) {
    let _ = console.teammates().await;
}

fn main() {}
