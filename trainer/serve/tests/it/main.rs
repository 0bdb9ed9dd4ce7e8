//! The server over real connections, with a stand-in for the model where its pace matters, and with a real one from end to
//! end.

mod answers;
mod asked;
mod house;
mod hung_up;
mod kitchen;
mod served;
mod stopped;
mod whole;
