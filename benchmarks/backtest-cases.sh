#!/usr/bin/env bash
# Back-tests every set of a folder with the whole catalogue and prints the page benchmarks/results/backtest-cases.md.
# usage: benchmarks/backtest-cases.sh DATA [SET...] > benchmarks/results/backtest-cases.md
# A set is NAME_txns.csv.gz (transfers) or NAME_events.csv.gz (calls) with its labels. Outputs lie in .zhifu/backtest-cases
# and are used again; remove them after a change of rules or engine.
set -euo pipefail

root="$(cd "$(dirname "$0")/.." && pwd)"
data="${1:?usage: backtest-cases.sh DATA [SET...]}"
shift
kept="$root/.zhifu/backtest-cases"
mkdir -p "$kept"
if [[ $# -eq 0 ]]; then
  mapfile -t sets < <(cd "$data" && ls -S -- *_txns.csv.gz *_events.csv.gz | sed -E 's/_(txns|events)\.csv\.gz$//')
  set -- "${sets[@]}"
fi

# Words of the command for a set, with DATA for the folder.
words() {
  if [[ -f "$data/$1_txns.csv.gz" ]]; then
    printf '%s' "--bank DATA/$1_txns.csv.gz --labels DATA/$1_labels.csv.gz"
    [[ ! -f "$data/$1_acctlabels.csv.gz" ]] || printf '%s' " DATA/$1_acctlabels.csv.gz"
    [[ ! -f "$data/$1_accounts.csv.gz" ]] || printf '%s' " --accounts DATA/$1_accounts.csv.gz"
  else
    printf '%s' "--telecom DATA/$1_events.csv.gz --labels DATA/$1_labels.csv.gz"
  fi
}

cat << 'PAGE'
# Back-tests of the whole catalogue, alerts counted as cases

Written by `benchmarks/backtest-cases.sh DATA` from the output of the commands below; rules without a hit are left out of the tables, and named. No speed is quoted. What each figure means: [docs/backtest.md](../../docs/backtest.md); what an
alert is: [ADR-0073](../../docs/adr/0073-an-alert-is-a-case-at-the-tier-of-an-action.md). Where the sets are from: [backtest.md](backtest.md) and [backtest-telecom.md](backtest-telecom.md); they stand in no repository of ours. **These are
calibration figures**: rules were compared on PaySim and RIFT before. Hits are the same in every run; figures of cases may differ by a transaction where many events
bear the same time.
PAGE

# The floor: the greatest F1 of a textbook rule on the set, as naive.md has it; empty when it has none.
floor() {
  awk -v set="$1" '$1 == set "," { of = 1; next } /^[^ ].*, window/ { of = 0 }
    of && $4 ~ /^[0-9.]+$/ && $1 != "all" && (best == "" || $4 > best) { best = $4 } END { print best }' "$root/benchmarks/results/naive.md"
}

# One row of the table of targets.
target() {
  awk -v set="$1" -v floor="$(floor "$1")" '
    /^Events:/ { gsub(",", ""); for (i = 1; i < NF; i++) if ($(i + 1) ~ /^accounts/) accounts = $i }
    /^budget/ { table = "budget" } /^found/ { table = "found" } /^cost/ { table = "cost" } /^by subscriber/ { table = "number" }
    $1 == "all" && table == "found" { f1 = $7; case_p = $10; in_time = $14; account_f1 = $19; split($16, of, "/") }
    $1 == "all" && table == "cost" { alerted = $3 }
    $1 == "all" && table == "number" { gsub(",", ""); number_f1 = $7 }
    END {
      if (number_f1 != "") { f1 = "-"; account_f1 = number_f1 " (numbers)" }
      aim = floor == "" ? "-" : (5 * floor < 0.9 ? 5 * floor : 0.9)
      word = "-"
      if (floor != "") word = (f1 != "-" && f1 >= aim) ? "met" : sprintf("missed by %.3f", aim - (f1 == "-" ? 0 : f1))
      share = (accounts > 0 && of[2] != "") ? sprintf("%.1f", 10000 * of[2] / accounts) : "-"
      printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", set, (floor == "" ? "-" : floor), aim, f1, word, account_f1, case_p, in_time, alerted, share
    }' "$kept/$1.txt"
}
for set in "$@"; do
  read -r -a arguments <<< "$(words "$set")"
  if [[ ! -s "$kept/$set.txt" ]]; then
    (cd "$root" && ./zhifu backtest "${arguments[@]/#DATA/$data}" > "$kept/$set.part")
    mv "$kept/$set.part" "$kept/$set.txt"
  fi
  printf '\n## %s\n\n```\n./zhifu backtest %s\n```\n\n| file | SHA-256 |\n|---|---|\n' "$set" "${arguments[*]}"
  for word in "${arguments[@]}"; do
    if [[ "$word" == DATA/* ]]; then
      printf '| %s | `%s` |\n' "${word#DATA/}" "$(sha256sum "$data/${word#DATA/}" | cut -d ' ' -f 1)"
    fi
  done
  printf '\n```\n'
  silent="$(sed -n 's/^No hit of \(.*\)\.$/\1/p' "$kept/$set.txt" | tr -d ',')"
  awk -v silent="$silent" 'BEGIN { n = split(silent, names, " "); for (i = 1; i <= n; i++) quiet[names[i]] = 1 }
    $1 == "rule" && ($2 in quiet) { next } { print }' "$kept/$set.txt"
  printf '```\n'
done
printf '\n## Beside the targets\n\n'
printf '%s\n' "Floor: the greatest F1 of a textbook rule in [naive.md](naive.md). Target: five times that, at most 0.9, for transactions, at no more than 50 accounts alerted per 10,000 where the truth has no more." ""
printf '%s\n' "| set | floor F1 | target | txn F1 | target is | acct F1 | case P | in time | accts alerted per 10,000 | illicit accts per 10,000 |"
printf '%s\n' "|---|---|---|---|---|---|---|---|---|---|"
for set in "$@"; do
  target "$set"
done
cat << 'PAGE'

- PaySim: the illicit accounts alone are more than 50 per 10,000, so that no engine can name them all within that budget; the tables say what is right among those looked at. Cases that are alerted only at the cash-out, or never, are for the
  most part of the file's first day, when nobody has been known for 24 hours yet, and one lies under every least amount ([backtest-mule-rules.md](backtest-mule-rules.md)).
- AMLSim: no rule fires. Its fans and cycles stand out by their graph alone, and no rule rests on a graph that stands still ([ADR 0031](../../docs/adr/0031-no-rule-rests-on-a-graph-that-stands-still.md)). Among accounts, as their money moves, shapes are family G's: [network.md](network.md) has them on this set.
- Sichuan: by number, whole catalogue; T06 alone judges numbers there. Beside it, a documented single rule on like data: [backtest-telecom.md](backtest-telecom.md).
PAGE
