//! Reads a verb and runs the program that knows it
