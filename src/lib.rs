//! A capacity calculator for an AI gateway.
