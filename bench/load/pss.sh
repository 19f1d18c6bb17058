#!/usr/bin/env bash
# pss.sh PID…: the memory of processes and all their descendants in MB, what they share counted once (Pss of smaps_rollup, proc(5)).
all=$*
while :; do next=$(for p in $all; do echo "$p"; pgrep -P "$p"; done | sort -un | paste -sd' '); [ "$next" = "$all" ] && break; all=$next; done
for p in $all; do awk '/^Pss:/{print $2}' "/proc/$p/smaps_rollup" 2>/dev/null; done | awk '{t+=$1} END{printf "%.0f\n", t/1024}'
