#!/bin/sh
# The gateway's own estimate of this scenario.
# Planned on 2026-11-23 for “Support desk”, from this scenario:
# https://capacity.example/#v=2&name=Support+desk&w=Chat+%28short%29,100/min,200,150,from:chat&w=Chat+%28long+context%29,200000/day,4000,1000,cached:40,from:chat-long&w=Summarization,10/min,8000,500,max:2000,from:summarization&p=openai,gpt-4o,Grow,62.5&p=azure-openai,gpt-4o,Data+Zone+Tier+1,25,rpm:2400.5,tpm:none,window:none&p=anthropic,claude-sonnet-5-5,Scale,12.5&p=openai,gpt-6.1-sol,Build,0.25&overflow=drop_oldest&peak-multiplier=4.5&queue-size=60&hpa-min=none&hpa-max=none&hpa-cpu=60&hpa-up-percent=100&api-replicas=4&audit-days=2555
# It takes one workload: requests are the sum of 3, tokens their mean.
# It takes one provider: the one with the largest weight of 4.
kt capacity estimate \
  --requests-per-day 358400 \
  --avg-input-tokens 2634 \
  --avg-output-tokens 638 \
  --peak-multiplier 4.5 \
  --provider openai \
  --model gpt-4o

# Queue depth, now: kt gateway status --metrics | grep queue
# Queue depth, the last hour: kt events stats --metric queue_depth --last 1h
