"""The fleet of `beside` in `day.rs`, in SimPy: requests a second, and shares in ten thousandths.

Pods behind a Service at random, each with slots and a queue; clients leave when they have waited
for a slot as long as their patience. Takes the numbers of the model in the order of `day.rs`.
"""
import math
import random
import sys
import time

import simpy

rate, pods, slots, queue_max, overhead_ms, patience_ms, ttft_ms, seconds = map(int, sys.argv[1:])
TOKENS = 800  # mean output, coefficient of variation 1
SPEED = 0.1  # tokens a millisecond

env = simpy.Environment()
fleet = [simpy.Resource(env, slots) for _ in range(pods)]
draw = random.Random(1)
spread = math.log(2)
middle = math.log(TOKENS) - spread / 2
offered = refused = gave_up = 0


def request(pod, answer_ms):
    global refused, gave_up
    if queue_max <= len(pod.queue):
        refused += 1
        return
    with pod.request() as slot:
        yield slot | env.timeout(patience_ms)
        if not slot.triggered:
            gave_up += 1
            return
        yield env.timeout(overhead_ms)
        yield env.timeout(answer_ms)


def arrivals():
    global offered
    while True:
        yield env.timeout(draw.expovariate(rate / 1_000))
        offered += 1
        tokens = max(1, round(math.exp(middle + math.sqrt(spread) * draw.gauss(0, 1))))
        env.process(request(draw.choice(fleet), ttft_ms + tokens / SPEED))


env.process(arrivals())
begun = time.perf_counter()
env.run(until=1_000 * seconds)
took = time.perf_counter() - begun
print(round(offered / took), round(10_000 * refused / offered), round(10_000 * gave_up / offered))
