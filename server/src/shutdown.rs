//! Stopping: everybody who works in a loop holds a [`Stopped`] and looks at it between two pieces of work.

use std::io;

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

/// Tells everybody to stop.
#[derive(Debug)]
pub struct Stop(watch::Sender<bool>);

/// Knows whether to stop.
#[derive(Debug, Clone)]
pub struct Stopped(watch::Receiver<bool>);

/// A pair of the two.
pub fn channel() -> (Stop, Stopped) {
    let (sender, receiver) = watch::channel(false);
    (Stop(sender), Stopped(receiver))
}

impl Stop {
    /// From now on.
    pub fn now(&self) {
        self.0.send_replace(true);
    }
}

impl Stopped {
    /// Whether it is time.
    pub fn is_now(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is time. When nobody can tell any more, it is time.
    pub async fn wait(mut self) {
        let _nobody_left = self.0.wait_for(|stop| *stop).await;
    }
}

/// Listens for SIGTERM and SIGINT from its making on, so that neither ends the process half-way.
#[derive(Debug)]
pub(crate) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for the next of either.
    pub(crate) async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
