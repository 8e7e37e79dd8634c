//! Unit prices of the infrastructure.

/// Unit prices of the infrastructure.
#[derive(Debug, Clone, PartialEq)]
pub struct Costs {
    /// A vCPU, dollars per hour.
    pub vcpu_usd_per_hour: f64,
    /// A gigabyte of memory, dollars per hour.
    pub memory_usd_per_gb_hour: f64,
    /// A gigabyte of disk, dollars per month.
    pub disk_usd_per_gb_month: f64,
    /// Business cost of a rejected or lost request, in dollars.
    pub lost_request_usd: f64,
}
