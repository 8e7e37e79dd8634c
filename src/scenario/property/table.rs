//! The tables. A row: constant, key, label, unit and range, then the kind of value
//! and where it lies in the document, then one sentence that explains it, then ends and
//! step of its slider if it has one, and whether it is fixed, so that a range of it means nothing.
//! The order is that of the links.

use super::slot::Slot;
use super::{Helps, Kind, Number, Slide};
use crate::scenario::{Provider, Scenario, Workload};

macro_rules! numbers {
    (
        $owner:ty, $list:ident, $helps:ident, $about:literal;
        $($name:ident $key:literal $label:literal $unit:literal $low:literal..$high:literal
          $kind:ident $($path:ident).+, $help:literal
          $(, slide $from:literal..$to:literal by $step:literal)? $(, fixed $fixed:literal)?;)*
    ) => {
        $(
            #[doc = concat!("The number with the key `", $key, "`.")]
            pub static $name: Number<$owner> = Number {
                key: $key, label: $label, unit: $unit, low: $low, high: $high,
                kind: Kind::$kind,
                slide: [$(Some(Slide { low: $from, high: $to, step: $step }),)? None][0],
                is_fixed: [$($fixed,)? false][0],
                get: |owner| owner.$($path).+.read(),
                set: |owner, value| owner.$($path).+.write(value),
            };
        )*
        #[doc = $about]
        pub static $list: &[&Number<$owner>] = &[$(&$name),*];
        pub(super) static $helps: Helps = &[$(($key, $help)),*];
    };
}

#[rustfmt::skip]
numbers! {
    Workload, WORKLOAD, WORKLOAD_HELPS, "Numbers of a workload.";
    REQUESTS "requests" "Requests" "" 0.0..1e12
        Real requests, "Requests sent by clients.";
    INPUT_TOKENS "avg-input-tokens" "Input" "tok" 0.0..1e7
        Real input_tokens, "Mean input tokens of a request.";
    OUTPUT_TOKENS "avg-output-tokens" "Output" "tok" 0.0..1e7
        Real output_tokens, "Mean output tokens of a request.";
    CACHED "cached" "Cached share of input" "%" 0.0..100.0
        Real cached_percent,
        "Share of the input that the provider serves from its cache: cheaper, and not counted \
         by some.";
    CACHE_WRITE "cache-write" "Written into its cache" "%" 0.0..100.0
        Real cache_write_percent,
        "Share of the input that is written into the provider's cache: it has a price of its own.";
    MAX_OUTPUT "max-output-tokens" "Max output, reserved" "tok" 0.0..1e7
        RealOrNone max_output_tokens,
        "The max_tokens sent with a request. Some providers count it in full on arrival. Empty: \
         the mean output.";
    CALLS "calls" "Calls per request" "" 1.0..10_000.0
        Real calls,
        "Requests to the gateway that one request sets off, as the steps of an agent do.";
    CACHE_HIT "cache-hit" "Answered by gateway’s cache" "%" 0.0..100.0
        Real cache_hit_percent,
        "Share that the gateway answers from its own response cache; it never reaches a provider.";
    USERS "users" "People at once" "" 0.0..1e9
        Real users,
        "People at once on average, each with the requests beside it; 1 where those are all there \
         are.";
    BATCH "batch" "Sent in batches" "%" 0.0..100.0
        Real batch_percent,
        "Share that goes through the batch interface of the providers: at its price, beside the \
         limits per minute.";
    TOKEN_CORRELATION "token-correlation" "Input with output" "" -1.0..1.0
        Real token_correlation,
        "How input and output tokens go together where both are ranges: 1 as one, 0 each for \
         itself, -1 against each other.", fixed true;
}

#[rustfmt::skip]
numbers! {
    Provider, PROVIDER, PROVIDER_HELPS, "Numbers of a provider.";
    WEIGHT "weight" "Weight" "" 0.0..1e6
        Real weight, "Share of the requests, relative to the other weights.";
    RPM "rpm" "RPM" "/min" 0.0..1e9
        RealOrNone limits.rpm, "Requests per minute (RPM). Empty: no limit.";
    TPM "tpm" "TPM" "/min" 0.0..1e13
        RealOrNone limits.tpm,
        "Tokens per minute (TPM), input and output together. Empty: no limit.";
    ITPM "itpm" "ITPM" "/min" 0.0..1e13
        RealOrNone limits.itpm, "Input tokens per minute (ITPM). Empty: no limit.";
    OTPM "otpm" "OTPM" "/min" 0.0..1e13
        RealOrNone limits.otpm, "Output tokens per minute (OTPM). Empty: no limit.";
    RPD "rpd" "RPD" "/day" 0.0..1e12
        RealOrNone limits.rpd, "Requests per day (RPD). Empty: no limit.";
    TPD "tpd" "TPD" "/day" 0.0..1e16
        RealOrNone limits.tpd, "Tokens per day (TPD). Empty: no limit.";
    REQUESTS_MONTH "requests-month" "Requests a month" "/month" 0.0..1e14
        RealOrNone limits.requests_per_month,
        "Requests the tier lets you make in a calendar month, batches apart. Empty: no limit.";
    TOKENS_MONTH "tokens-month" "Tokens a month" "/month" 0.0..1e18
        RealOrNone limits.tokens_per_month,
        "Tokens the tier lets you use in a calendar month, batches apart. Empty: no limit.";
    IN_FLIGHT "in-flight" "At once" "requests" 0.0..1e9
        RealOrNone limits.concurrency, "Requests in flight at once (concurrency). Empty: no limit.";
    WINDOW "window" "RPM judged over" "s" 0.1..60.0
        RealOrNone limits.window_s,
        "Window over which RPM is really judged: bursts inside it leave less than RPM. Empty: a \
         minute.";
    TOKEN_WINDOW "token-window" "Tokens judged over" "s" 0.1..60.0
        RealOrNone limits.token_window_s,
        "Window over which tokens per minute are really judged: a prompt larger than its share is \
         refused. Empty: a minute.";
    SPEND_MONTH "spend-month" "Spend a month" "$" 0.0..1e10
        RealOrNone limits.usd_per_month,
        "Dollars the tier lets you spend in a calendar month. Empty: no limit.";
    SPEND_10_MIN "spend-10-min" "Spend in 10 min" "$" 0.0..1e9
        RealOrNone limits.usd_per_10_min,
        "Dollars the tier lets you spend in any ten minutes. Empty: no limit.";
    BATCH_QUEUE "batch-queue" "Batch queue" "tok" 0.0..1e15
        RealOrNone limits.batch_tokens,
        "Tokens of batches that may wait at the provider at once. Empty: no limit.";
    BATCH_REQUESTS "batch-requests" "Batch requests" "requests" 0.0..1e12
        RealOrNone limits.batch_requests,
        "Requests of batches that may wait at the provider at once. Empty: no limit.";
    BATCH_HOURS "batch-hours" "A batch takes" "h" 0.1..24.0
        RealOrNone batch_hours,
        "Hours until a batch is answered and the next one may wait in its place. Empty: 24, the \
         longest that providers promise.";
    CONTEXT "context" "Context window" "tok" 1.0..1e9
        RealOrNone context,
        "Most tokens of a request, prompt and answer together; more is refused always. Empty: not \
         known.";
    ANSWER_MAX "answer-max" "Longest answer" "tok" 1.0..1e9
        RealOrNone answer_max, "Most tokens of an answer. Empty: not known.";
    ORDER "order" "Place in the order" "" 0.0..100.0
        Whole order,
        "Providers of a lower place come first; what their limits refuse goes to the next place.";
    OUTPUT_WEIGHT "output-weight" "Output counts" "×" 0.0..1000.0
        Real output_weight, "Tokens that one output token counts as towards TPM and TPD.";
    UNITS "units" "Reserved units" "units" 0.0..1e7
        RealOrNone units,
        "Reserved throughput you bought (PTU, GSU): it replaces limits and token prices. Empty: \
         pay as you go.";
    UNIT_TPM "unit-tpm" "Input of a unit" "tok/min" 1.0..1e9
        Real unit.input_tpm, "Input tokens per minute that one unit carries.";
    UNIT_OUTPUT "unit-output" "Output of a unit counts" "×" 0.0..1000.0
        Real unit.output_weight, "Input tokens that one output token takes of a unit.";
    UNIT_CACHED "unit-cached" "Cached input counts" "%" 0.0..100.0
        Real unit.cached_percent, "Share at which cached input takes of a unit.";
    UNIT_MIN "unit-min" "Fewest units" "units" 0.0..1e6
        Real unit.units_min, "Fewest units that are sold.";
    UNIT_STEP "unit-step" "Sold in steps of" "units" 0.001..1e6
        Real unit.units_step, "Step in which more units are sold.";
    UNIT_USD "unit-usd" "A unit" "$ / month" 0.0..1e7
        Real unit.usd_per_month, "Price of one unit a month.";
    PRICE_INPUT "price-input" "Input price" "$ / M" 0.0..1e5
        Real prices.input, "Dollars per million input tokens.";
    PRICE_CACHED "price-cached" "Cached price" "$ / M" 0.0..1e5
        Real prices.cached, "Dollars per million cached input tokens.";
    PRICE_WRITE "price-write" "Cache write price" "$ / M" 0.0..1e5
        Real prices.write, "Dollars per million input tokens written into the provider's cache.";
    PRICE_OUTPUT "price-output" "Output price" "$ / M" 0.0..1e5
        Real prices.output, "Dollars per million output tokens.";
    PRICE_BATCH "price-batch" "Batch price" "%" 0.0..100.0
        Real prices.batch_percent, "Price in a batch, percent of the price above.";
    LONG_FROM "long-from" "Long prompts from" "tok" 0.0..1e9
        RealOrNone prices.long_from,
        "Input tokens of a request above which all of it has the prices for long prompts. Empty: \
         there are none.";
    PRICE_LONG_INPUT "price-long-input" "Long input price" "$ / M" 0.0..1e5
        Real prices.long_input, "Dollars per million input tokens of a long prompt.";
    PRICE_LONG_CACHED "price-long-cached" "Long cached price" "$ / M" 0.0..1e5
        Real prices.long_cached, "Dollars per million cached input tokens of a long prompt.";
    PRICE_LONG_OUTPUT "price-long-output" "Long output price" "$ / M" 0.0..1e5
        Real prices.long_output, "Dollars per million output tokens after a long prompt.";
    TTFT "ttft" "First token" "s" 0.0..3600.0
        Real ttft_s, "Time to first token. The defaults are rough, from third parties.";
    OUTPUT_TPS "tps" "Speed" "tok/s" 0.1..1e6
        Real output_tps, "Output tokens per second of one request.";
    TARGET "target" "Target use" "%" 1.0..100.0
        Real target_percent, "Share of each limit you are ready to use; the guide aims below 80 %.";
}

#[rustfmt::skip]
numbers! {
    Scenario, SCENARIO, SCENARIO_HELPS, "Numbers of the scenario itself.";
    PEAK_MULTIPLIER "peak-multiplier" "Peak over mean" "×" 1.0..1e5
        Real traffic.peak_multiplier, "Rate of the busiest moment over the mean of the day.",
        slide 1.0..10.0 by 0.1;
    HEADROOM "headroom" "Headroom" "×" 1.0..100.0
        Real traffic.headroom, "Spare capacity over the peak; the guide sizes for 1.5 × the peak.",
        slide 1.0..3.0 by 0.05;
    BURSTINESS "burstiness" "Burstiness" "var/mean" 0.0..1000.0
        Real traffic.burstiness,
        "Variance over mean of the request counts in windows as long as a request is held. 1 is \
         Poisson; real traffic is often 2 to 10, and more in longer windows.",
        slide 0.0..10.0 by 0.5;
    BURSTINESS_WINDOW "burstiness-window" "Counted over" "s" 0.001..86_400.0
        RealOrNone traffic.burstiness_window_s,
        "Window in which requests were counted for the burstiness. Empty: as long as a request is \
         held. Over longer times its excess over 1 grows, at most in proportion.";
    GROWTH "growth" "Growth" "% / month" 0.0..1000.0
        Real traffic.growth_percent, "Growth of the load each month.",
        slide 0.0..50.0 by 1.0;
    LEAD "lead-days" "Time to get more capacity" "days" 0.0..3650.0
        Whole traffic.lead_days,
        "Days between ordering capacity and having it; a finding says when to order.";
    CONCURRENCY "concurrency" "Requests at once, each" "slots" 1.0..100_000.0
        Whole gateway.concurrency,
        "Requests one gateway may hold at once: --max-concurrency, 16 if not set.";
    GATEWAY_RPS "gateway-rps" "Measured rate, each" "rps" 0.001..1e6
        RealOrNone gateway.rps_each,
        "Requests per second that one gateway of yours was measured with: it replaces the guide's \
         table and the policy chain's rate. Empty: those.";
    GATEWAY_TPS "gateway-tps" "Measured tokens, each" "tok/s" 0.001..1e9
        RealOrNone gateway.tps_each,
        "Tokens per second, input and output, that one gateway of yours was measured with. Empty: \
         no such rule.";
    OVERHEAD "overhead" "Overhead" "ms" 0.0..60_000.0
        Real gateway.overhead_ms, "Time the gateway itself adds to a request.";
    VCPU "vcpu" "CPU, each" "vCPU" 0.01..256.0
        RealOrNone gateway.vcpu, "vCPU of one gateway. Empty: the guide's row.";
    MEMORY "memory" "Memory, each" "MB" 16.0..1e6
        RealOrNone gateway.memory_mb, "Memory of one gateway. Empty: the guide's row.";
    QUEUE_SIZE "queue-size" "Queue, each" "requests" 0.0..1e6
        Whole gateway.queue_max_size, "Requests that may wait in one gateway: queue_max_size.";
    CLIENT_TIMEOUT "timeout" "Client timeout" "s" 0.1..86_400.0
        Real gateway.client_timeout_s,
        "When clients give up: the wait for a slot and the answer together.";
    MAX_WAIT "max-wait" "Longest wait" "s" 0.001..86_400.0
        RealOrNone gateway.wait_most_s,
        "Longest wait for a slot; then a request gives up. Empty: only the clients' timeout.";
    WAIT_TARGET "wait-target" "Wait target, P99" "s" 0.001..3600.0
        RealOrNone gateway.wait_target_s,
        "Longest wait for a free slot that 99 of 100 requests may have at the peak. Empty: no \
         such rule.";
    ZONES "zones" "Zones" "" 1.0..100.0
        Whole gateway.zones,
        "Zones the pods are spread over; the plan keeps room for the loss of one.";
    STARTUP "startup" "Pod start-up" "s" 0.0..3600.0
        Real gateway.startup_s, "Time from creating a pod to its first request.";
    FAILURES "failures" "Failing calls" "%" 0.0..99.0
        Real gateway.retry.failure_percent,
        "Share of the calls to providers that fail and are tried again; each try counts upstream.";
    ATTEMPTS "attempts" "Attempts" "" 1.0..20.0
        Whole gateway.retry.attempts, "Most calls made for one request: retry.max_attempts.";
    RETRY_DELAY "retry-delay" "First retry after" "ms" 0.0..600_000.0
        Real gateway.retry.delay_ms, "Wait before the second attempt; it doubles each time.";
    TRIP "trip" "Breaker opens after" "s" 0.0..3600.0
        Real gateway.retry.trip_s,
        "Time until a provider that fails is taken out of the routing.";
    HPA_MIN "hpa-min" "HPA minimum" "pods" 0.0..10_000.0
        WholeOrNone gateway.hpa.replicas_min,
        "minReplicas; 0 needs KEDA, or Kubernetes 1.37. Empty: from the plan.";
    HPA_MAX "hpa-max" "HPA maximum" "pods" 1.0..10_000.0
        WholeOrNone gateway.hpa.replicas_max, "maxReplicas. Empty: from the plan.";
    HPA_CPU "hpa-cpu" "CPU target" "%" 1.0..10_000.0
        WholeOrNone gateway.hpa.cpu_percent,
        "averageUtilization of the HPA, percent of the CPU request; it may be above 100. Empty: no \
         such target.";
    HPA_QUEUE "hpa-queue" "Queue target" "per pod" 0.001..1e6
        RealOrNone gateway.hpa.queue_depth,
        "averageValue of kt_request_queue_depth. Empty: no such target.";
    HPA_IN_FLIGHT "hpa-in-flight" "In-flight target" "per pod" 0.001..1e6
        RealOrNone gateway.hpa.in_flight,
        "averageValue of kt_requests_in_flight, which the gateway must serve: at most slots ÷ 1.1, \
         or it never acts. Empty: no such target.";
    HPA_UP_WINDOW "hpa-up-window" "Up window" "s" 0.0..3600.0
        Whole gateway.hpa.up_window_s, "Stabilization window before growing.";
    HPA_UP_PERCENT "hpa-up-percent" "Up step" "%" 1.0..10_000.0
        WholeOrNone gateway.hpa.up_percent,
        "Growth allowed in each period. Empty: no such policy.";
    HPA_UP_PERIOD "hpa-up-period" "Up period" "s" 1.0..1800.0
        Whole gateway.hpa.up_period_s, "Length of a growth period.";
    HPA_DOWN_WINDOW "hpa-down-window" "Down window" "s" 0.0..3600.0
        Whole gateway.hpa.down_window_s, "Stabilization window before shrinking.";
    HPA_DOWN_PERCENT "hpa-down-percent" "Down step" "%" 1.0..100.0
        WholeOrNone gateway.hpa.down_percent,
        "Shrinking allowed in each period. Empty: no such policy.";
    HPA_DOWN_PERIOD "hpa-down-period" "Down period" "s" 1.0..1800.0
        Whole gateway.hpa.down_period_s, "Length of a shrinking period.";
    HPA_CPU_AVERAGE "hpa-cpu-average" "CPU target, each" "vCPU" 0.001..256.0
        RealOrNone gateway.hpa.cpu_average,
        "averageValue of the CPU: vCPU that a pod uses. Empty: no such target.";
    HPA_MEMORY "hpa-memory" "Memory target" "%" 1.0..10_000.0
        WholeOrNone gateway.hpa.memory_percent,
        "averageUtilization of the memory, percent of its request. Empty: no such target.";
    HPA_MEMORY_AVERAGE "hpa-memory-average" "Memory target, each" "MB" 0.001..1e6
        RealOrNone gateway.hpa.memory_average_mb,
        "averageValue of the memory: MB that a pod uses. Empty: no such target.";
    HPA_UP_PODS "hpa-up-pods" "Up step, pods" "pods" 1.0..10_000.0
        WholeOrNone gateway.hpa.up_pods,
        "Pods that may be added in each period. Empty: no such policy.";
    HPA_UP_PODS_PERIOD "hpa-up-pods-period" "Up period, pods" "s" 1.0..1800.0
        Whole gateway.hpa.up_pods_period_s, "Length of the period for pods that are added.";
    HPA_UP_TOLERANCE "hpa-up-tolerance" "Up tolerance" "%" 0.0..1000.0
        RealOrNone gateway.hpa.up_tolerance_percent,
        "Deviation above a target that is left alone; Kubernetes 1.33 by gate, 1.35 as such. \
         Empty: the cluster's 10 %.";
    HPA_DOWN_PODS "hpa-down-pods" "Down step, pods" "pods" 1.0..10_000.0
        WholeOrNone gateway.hpa.down_pods,
        "Pods that may be removed in each period. Empty: no such policy.";
    HPA_DOWN_PODS_PERIOD "hpa-down-pods-period" "Down period, pods" "s" 1.0..1800.0
        Whole gateway.hpa.down_pods_period_s, "Length of the period for pods that are removed.";
    HPA_DOWN_TOLERANCE "hpa-down-tolerance" "Down tolerance" "%" 0.0..1000.0
        RealOrNone gateway.hpa.down_tolerance_percent,
        "Deviation below a target that is left alone; Kubernetes 1.33 by gate, 1.35 as such. \
         Empty: the cluster's 10 %.";
    API_REPLICAS "api-replicas" "API replicas" "pods" 1.0..1000.0
        WholeOrNone control_plane.api_replicas, "Replicas of the API. Empty: those of the size.";
    EVENT_BYTES "event-bytes" "Event size" "B" 0.0..1e8
        Real storage.event_bytes, "Bytes stored for one request; the guide says about 2 KB.";
    DEAD_ROWS "dead-rows" "Dead rows" "%" 0.0..1e6
        Real storage.dead_percent,
        "What deletes leave on disk until vacuum, of the live rows; PostgreSQL's autovacuum starts \
         at 20 %. Nothing where partitions are dropped.";
    RETENTION "retention-days" "Retention" "days" 0.0..36_500.0
        Whole storage.retention_days, "Days an event is kept in PostgreSQL.";
    COPIES "copies" "Copies" "" 1.0..20.0
        Whole storage.copies, "Copies of the events, the first one included.";
    AUDIT_RETENTION "audit-days" "Audit log" "days" 1.0..36_500.0
        Whole storage.audit_retention_days, "retention_days of the audit-logger in the pack.";
    CONNECTIONS_PER_REPLICA "connections-per-replica" "Per API replica" "" 0.0..10_000.0
        Whole database.connections_per_replica,
        "Connections that the pool of each process of an API replica opens.";
    PROCESSES "processes" "Processes, each replica" "" 1.0..100.0
        Whole database.processes,
        "Processes of an API replica; each has a pool of its own.";
    POOL_OVERFLOW "pool-overflow" "Beside the pool" "" 0.0..1000.0
        Whole database.pool_overflow,
        "Connections a process may open for a moment beside its pool: max_overflow.";
    POOLER_CONNECTIONS "pooler-connections" "Pooler opens" "" 1.0..100_000.0
        WholeOrNone database.pooler_connections,
        "Connections that a pooler such as PgBouncer opens to the server for all clients. Empty: \
         no pooler.";
    WORKERS "workers" "Workers" "" 0.0..10_000.0
        Whole database.workers, "Background workers.";
    CONNECTIONS_PER_WORKER "connections-per-worker" "Per worker" "" 0.0..10_000.0
        Whole database.connections_per_worker, "Connections each worker opens.";
    CONNECTIONS_PER_GATEWAY "connections-per-gateway" "Per gateway" "" 0.0..10_000.0
        Whole database.connections_per_gateway,
        "Connections each gateway opens; in the guide they open none.";
    SURGE "surge" "Update adds" "%" 0.0..100.0
        Real database.surge_percent,
        "Pods that a rolling update may run besides the others: maxSurge, 25 % if not set.";
    SURGE_PODS "surge-pods" "Update adds, pods" "pods" 0.0..10_000.0
        WholeOrNone database.surge_pods,
        "maxSurge as a number of pods. Empty: the share above.";
    CONNECTION_HEADROOM "connection-headroom" "Spare" "" 0.0..100_000.0
        Whole database.headroom, "Connections kept free.";
    MAX_CONNECTIONS "max-connections" "Configured" "" 1.0..100_000.0
        WholeOrNone database.max_connections,
        "max_connections in the API's database block. Empty: the guide's 50, or more where the \
         plan chooses more replicas.";
    SERVER_CONNECTIONS "server-connections" "PostgreSQL allows" "" 1.0..100_000.0
        Whole database.server_max_connections,
        "max_connections of the server; 100 if not set, 3 of them reserved.";
    VCPU_USD "vcpu-usd" "vCPU" "$ / hour" 0.0..1000.0
        Real costs.vcpu_usd_per_hour, "Price of one vCPU.";
    MEMORY_USD "memory-usd" "Memory" "$ / GB hour" 0.0..1000.0
        Real costs.memory_usd_per_gb_hour, "Price of one gigabyte of memory.";
    DISK_USD "disk-usd" "Disk" "$ / GB month" 0.0..1000.0
        Real costs.disk_usd_per_gb_month, "Price of one gigabyte of disk.";
    LOST_USD "lost-usd" "Lost request" "$ each" 0.0..1e6
        Real costs.lost_request_usd,
        "What a refused request costs you; used for the cost of too little capacity.";
    DRAW_SEED "draw-seed" "Seed of the draws" "" 0.0..1e6
        Whole draw_seed,
        "Seed of the draws where numbers are ranges: the same link gives the same answer.",
        fixed true;
    SEED "seed" "Seed" "" 0.0..1e9
        Whole day.seed, "Seed of the day's chance: the same seed is the same day.", fixed true;
    SENDS "sends" "Attempts per client" "" 1.0..10.0
        Whole day.sends,
        "How often clients send a question until it is answered, on the day that is lived: after \
         1 s, then 2 s, 4 s … up to a minute, and up to 1 s by chance. 1: never again.";
    GOAL_LATE "goal-late" "Late at most" "%" 0.0..100.0
        Real day.goals.late_percent,
        "Goal of the day: share of those served that may have waited longer than clients do.";
    GOAL_UNANSWERED "goal-unanswered" "Unanswered at most" "%" 0.0..100.0
        Real day.goals.unanswered_percent,
        "Goal of the day: share of the requests that may get no answer.";
    GOAL_WAIT "goal-wait" "P99 wait at most" "s" 0.001..86_400.0
        RealOrNone day.goals.wait_p99_s,
        "Goal of the day: wait that 99 of 100 requests stay within. Empty: no such goal.";
}
