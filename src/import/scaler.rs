//! Metadata keys of KEDA's scalers, for reporting ignored ones.

/// Keys of the Redis queue scalers.
const REDIS: &str = "address addresses host hosts port ports username password sentinelUsername \
                     sentinelPassword sentinelMaster databaseIndex enableTLS tls unsafeSsl ";
/// Types of scalers, each with shared and own keys.
///
/// # Source
///
/// KEDA 2.20, `schema/generated/scalers-schema.yaml` (2026); keda.sh, "CPU", "Memory", "Cron" and
/// "Apache Kafka". `metricName` and `cortexOrgID` were keys of Prometheus before.
const SCALERS: [(&str, &str, &str); 17] = [
    ("cpu", "", "type value containerName"),
    ("memory", "", "type value containerName"),
    ("cron", "", "timezone start end desiredReplicas"),
    (
        "prometheus",
        "",
        "serverAddress query queryParameters threshold activationThreshold namespace \
         customHeaders ignoreNullValues unsafeSsl awsRegion timeout identityOwner authModes \
         cortexOrgID metricName",
    ),
    (
        "kafka",
        "",
        "bootstrapServers consumerGroup topic partitionLimitation lagThreshold \
         activationLagThreshold offsetResetPolicy allowIdleConsumers excludePersistentLag \
         scaleToZeroOnInvalidOffset limitToPartitionsWithLag ensureEvenDistributionOfPartitions \
         version sasl saslTokenProvider tls unsafeSsl awsRegion username password ca cert key \
         keyPassword",
    ),
    (
        "rabbitmq",
        "",
        "queueName mode queueLength value activationValue host protocol vhostName useRegex \
         excludeUnacknowledged pageSize operation timeout username password unsafeSsl",
    ),
    ("redis", REDIS, "listName listLength activationListLength"),
    (
        "redis-cluster",
        REDIS,
        "listName listLength activationListLength",
    ),
    (
        "redis-sentinel",
        REDIS,
        "listName listLength activationListLength",
    ),
    ("redis-streams", REDIS, STREAM),
    ("redis-cluster-streams", REDIS, STREAM),
    ("redis-sentinel-streams", REDIS, STREAM),
    (
        "aws-sqs-queue",
        "",
        "queueURL queueLength activationQueueLength awsRegion awsEndpoint scaleOnInFlight \
         scaleOnDelayed identityOwner",
    ),
    (
        "kubernetes-workload",
        "",
        "podSelector value activationValue",
    ),
    (
        "nats-jetstream",
        "",
        "account accountID stream consumer lagThreshold activationLagThreshold useHttps \
         natsServerMonitoringEndpoint",
    ),
    (
        "loki",
        "",
        "serverAddress query threshold activationThreshold tenantName ignoreNullValues unsafeSsl \
         authModes",
    ),
    (
        "postgresql",
        "",
        "connection host port userName dbName sslmode password query targetQueryValue \
         activationTargetQueryValue",
    ),
];
const STREAM: &str = "stream consumerGroup pendingEntriesCount streamLength lagCount \
                      activationLagCount";

/// Whether a scaler reads a key; unlisted scalers may read any.
pub(super) fn reads(scaler: &str, key: &str) -> bool {
    let mut scalers = SCALERS.iter();
    let Some((_, shared, own)) = scalers.find(|(name, ..)| *name == scaler) else {
        return true;
    };
    // The value may come from a container's variable.
    let key = key.strip_suffix("FromEnv").unwrap_or(key);
    let keys = shared.split_whitespace().chain(own.split_whitespace());
    keys.into_iter().any(|known| known == key)
}
