#!/bin/sh
# The gateway's own estimate of this scenario.
# Planned on 2026-11-23 for “a kind: Secret # --- {{ x }}”, from this scenario:
# https://capacity.example/#v=2&name=akind:+Secret+%23+%E2%80%A8---%E2%80%AE%7B%7B+x+%7D%7D&workload=xreboot&p=openai,gpt-4o+%23+not+a+comment,Grow,60,name:%231:+%22quoted%22id:+evil,rpm:10000,tpm:30000000,spend-month:200000,context:128000,answer-max:16384,price-input:2.5,price-cached:1.25,price-write:2.5,price-output:10,ttft:0.45,tps:131&p=a:+b%0A-+c+%E2%80%A9%00,-+%21%21str+%27it%27%27s%27,Data+Zone+Tier+1,25,name:%F0%9F%99%82+%7B%7B+%24labels.provider+%7D%7D,rpm:1800,tpm:300000,window:10,context:128000,answer-max:16384,unit-tpm:2500,unit-min:15,unit-step:5,unit-usd:260,price-input:2.75,price-cached:1.375,price-write:2.75,price-output:11,price-batch:50,counting:reserved&p=%3C%3C,%27%3B+reboot%3B+%24%28reboot%29+%60reboot%60+%5C,Scale,15,name:long+long+long+long+long+long+long+long+long+long+long+long+long+long+long+long+long+long+long+long+long+long+long+long+,rpm:10000,itpm:10000000,otpm:2000000,spend-month:200000,batch-requests:500000,context:1000000,answer-max:128000,price-input:2,price-cached:0.1,price-write:2.5,price-output:10,price-batch:50
# It takes one provider: the one with the largest weight of 3.
kt capacity estimate \
  --requests-per-day 50000 \
  --avg-input-tokens 1500 \
  --avg-output-tokens 800 \
  --peak-multiplier 3.0 \
  --provider openai \
  --model 'gpt-4o #   not a comment'

# Queue depth, now: kt gateway status --metrics | grep queue
# Queue depth, the last hour: kt events stats --metric queue_depth --last 1h
