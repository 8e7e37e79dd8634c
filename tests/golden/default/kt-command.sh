#!/bin/sh
# The gateway's own estimate of this scenario.
# Planned on 2026-11-23, from this scenario:
# https://capacity.example/#v=2
# It takes one provider: the one with the largest weight of 3.
kt capacity estimate \
  --requests-per-day 50000 \
  --avg-input-tokens 1500 \
  --avg-output-tokens 800 \
  --peak-multiplier 3.0 \
  --provider openai \
  --model gpt-4o

# Queue depth, now: kt gateway status --metrics | grep queue
# Queue depth, the last hour: kt events stats --metric queue_depth --last 1h
