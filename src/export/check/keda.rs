//! Rules of KEDA's webhook for a `ScaledObject`.

/// Whether KEDA refuses a minimum of 0 for triggers of these types: a fleet without pods has
/// neither CPU nor memory to grow by.
///
/// # Source
///
/// KEDA 2.20, `apis/keda/v1alpha1/scaledobject_webhook.go`, `verifyCPUMemoryScalers`.
pub fn needs_a_pod<'t>(types: impl IntoIterator<Item = &'t str>) -> bool {
    let mut types = types.into_iter().peekable();
    types.peek().is_some() && types.all(|name| matches!(name, "cpu" | "memory"))
}
