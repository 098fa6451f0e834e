#!/usr/bin/env bash
# A second implementation of a bank's check of an order (docs/envelope.md), sharing nothing with the
# Java one: bash takes the bytes apart, OpenSSL 3 verifies SM2 with SM3. It reads the published vectors
# and compares its verdict with the one that each expects.
#
#   verify.sh [FOLDER]     FOLDER defaults to the script's own
#
# Exit code: 0 all verdicts equal, 1 some differ, 3 a tool is missing.
# Checked: version, key, role, validity, signature, Avro layout, environment, bank, replay, term, the
# officer's signature, the standing authorisation's signature, revocation and limits; of the form of the
# fields (FORMAT_ERROR) that an order of a later type names its original. The Java tests cover the rest.
set -u
LC_ALL=C
folder=${1:-$(cd "$(dirname "$0")" && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

die() { echo "$1" >&2; exit 3; }
command -v openssl >/dev/null || die "openssl is missing: apt-get install openssl"
openssl list -public-key-algorithms 2>/dev/null | grep -qi sm2 ||
  die "this openssl ($(openssl version)) has no SM2: OpenSSL 3 with SM2 is needed"

# --- bytes as hex ---------------------------------------------------------------------------------
to_binary() { printf "$(sed 's/../\\x&/g' <<<"$1")"; }
text_to_hex() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }
hex_to_text() { to_binary "$1"; }
int32() { printf '%08x' "$1"; }
int64() { printf '%016x' "$1"; }
sized() { printf '%08x%s' "$((${#1} / 2))" "$1"; }
text() { sized "$(text_to_hex "$1")"; }
texts() { # a list joined by commas
  local items item
  IFS=, read -ra items <<<"$1"
  int32 "${#items[@]}"
  for item in "${items[@]}"; do text "$item"; done
}
sha256() { to_binary "$1" | openssl dgst -sha256 -r | cut -d' ' -f1; }

# --- files ----------------------------------------------------------------------------------------
field() { sed -n "s/^  \"$2\": \"\\([^\"]*\\)\",\\{0,1\\}\$/\\1/p" "$1"; }
load_key() { # sets k_* from keys.tsv; fails if the key is unknown
  local line
  line=$(awk -F'\t' -v id="$1" '$1 == id' "$folder/keys.tsv")
  [ -n "$line" ] || return 1
  IFS=$'\t' read -r k_id k_owner k_role k_env k_from k_to k_point <<<"$line"
}
key_valid() { [ "$1" -ge "$k_from" ] && [ "$1" -lt "$k_to" ]; }

# --- SM2 ------------------------------------------------------------------------------------------
spki=3059301306072a8648ce3d020106082a811ccf5501822d034200
verified() { # message hex, signature hex; key in k_point
  to_binary "$spki$k_point" >"$work/key"
  to_binary "$1" >"$work/message"
  to_binary "$2" >"$work/signature"
  openssl pkeyutl -verify -rawin -digest sm3 -pkeyopt distid:1234567812345678 \
    -pubin -keyform DER -inkey "$work/key" \
    -in "$work/message" -sigfile "$work/signature" >/dev/null 2>&1
}

# --- Avro -----------------------------------------------------------------------------------------
read_long() { # sets value; moves at
  local shift=0 byte
  value=0
  while :; do
    byte=$((16#${hex:at:2}))
    at=$((at + 2))
    value=$((value | (byte & 127) << shift))
    [ $((byte & 128)) -eq 0 ] && break
    shift=$((shift + 7))
  done
  value=$(((value >> 1) ^ -(value & 1)))
}
read_bytes() { # sets value to hex
  local length
  read_long
  length=$((value * 2))
  value=${hex:at:length}
  at=$((at + length))
}
read_text() { read_bytes && value=$(hex_to_text "$value"); }

decode() { # payload hex; sets o_*; fails if it is no order of the known schema
  hex=$1
  [ "${hex:0:20}" = "c301$(cat "$folder/schema-fingerprint.txt")" ] || return 1
  at=20
  read_text; o_id=$value
  read_text                                  # applicationId
  read_text; o_type=$value
  o_original=
  read_long
  [ "$value" -eq 0 ] || { read_text; o_original=$value; }
  read_text; o_bank=$value
  read_text                                  # accountToken
  read_bytes; o_cipher=$value
  read_text; o_account_type=$value
  read_text                                  # currency
  read_long; o_amount=$value
  read_long; o_time=$value
  read_text; o_transaction=$value
  read_long                                  # reasonCode
  read_text                                  # emergencyLevel
  read_long                                  # termHours
  read_long; o_applied=$value
  read_long; o_not_after=$value
  read_long; o_branch=$value                 # 0 officer, 1 standing
  read_text; a_first=$value                  # officerId, or authorisationId
  read_text; a_second=$value                 # actId, or officerId
  read_text; a_key=$value
  read_bytes; a_signature=$value
  [ "$at" -eq "${#hex}" ]
}

# --- verdicts -------------------------------------------------------------------------------------
judge_officer() { # a_first officer, a_second act
  load_key "$a_key" && key_valid "$now" && [ "$k_env" = "$environment" ] &&
    [ "$k_owner" = "$a_first" ] || { echo BAD_AUTHORISATION; return; }
  case $k_role in OFFICER | AUTHORISING_OFFICER) ;; *) echo BAD_AUTHORISATION; return ;; esac
  local message
  message=$(
    text_to_hex zhifu-authorisation-v1; printf 00
    text "$a_first"; text "$a_second"; text "$a_key"
    text "$o_id"; text "$o_bank"; text "$o_transaction"
    sized "$(sha256 "$o_cipher")"; int64 "$o_amount"; int64 "$o_time"
  )
  verified "$message" "$a_signature" && echo ACCEPTED || echo BAD_AUTHORISATION
}

judge_standing() { # a_first authorisation, a_second officer
  local file=$folder/standing/$standing.json message kinds per_hour per_bank layout
  [ -n "$standing" ] && [ "$(field "$file" authorisationId)" = "$a_first" ] &&
    [ "$(field "$file" revoked)" = false ] && [ "$(field "$file" officerId)" = "$a_second" ] &&
    load_key "$a_key" && key_valid "$now" && [ "$k_env" = "$environment" ] &&
    [ "$k_owner" = "$a_second" ] && [ "$k_role" = AUTHORISING_OFFICER ] ||
    { echo BAD_AUTHORISATION; return; }
  per_hour=$(field "$file" maxFenPerHour) per_bank=$(field "$file" maxFenPerBankDay) layout=v1
  [ "$per_hour" = 0 ] && [ "$per_bank" = 0 ] || layout=v2
  message=$(
    text_to_hex zhifu-standing-$layout; printf 00
    text "$a_first"; int32 "$(field "$file" revision)"; text "$a_second"
    texts "$(field "$file" rules)"; int64 "$(field "$file" minScoreMillionths)"
    int64 "$(field "$file" maxAmountFen)"; texts "$(field "$file" accountKinds)"
    int32 "$(field "$file" maxOrdersPerHour)"; int32 "$(field "$file" maxOrdersPerBankDay)"
    int32 "$(field "$file" maxOrdersPerDay)"; int64 "$(field "$file" maxFenPerDay)"
    [ "$layout" = v1 ] || { int64 "$per_hour"; int64 "$per_bank"; }
    int64 "$(field "$file" validFromMs)"; int64 "$(field "$file" validToMs)"
    text "$(field "$file" legalOpinion)"; printf 00; text "$a_key"
  )
  verified "$message" "$a_signature" || { echo BAD_AUTHORISATION; return; }
  kinds=,$(field "$file" accountKinds),
  if [ "$o_account_type" = 02 ]; then
    kinds=${kinds//,PERSONAL,/,}
    kinds=${kinds//,UNKNOWN,/,}
    [ "$kinds" != , ] || { echo OUTSIDE_AUTHORISATION; return; }
  else
    [[ $kinds == *,PERSONAL,* ]] || { echo OUTSIDE_AUTHORISATION; return; }
  fi
  if [ "$o_applied" -lt "$(field "$file" validFromMs)" ] ||
    [ "$o_applied" -ge "$(field "$file" validToMs)" ] ||
    [ "$o_amount" -gt "$(field "$file" maxAmountFen)" ]; then
    echo OUTSIDE_AUTHORISATION
  else
    echo ACCEPTED
  fi
}

judge() { # vector file
  local payload key version answered digest message
  now=$(field "$1" nowMs)
  environment=$(field "$1" bankEnvironment)
  standing=$(field "$1" standing)
  payload=$(field "$1" payload)
  version=$(field "$1" version)
  key=$(field "$1" keyId)
  [ "$version" = 1 ] || { echo FORMAT_ERROR; return; }
  load_key "$key" && [ "$k_role" = ENGINE ] && key_valid "$now" || { echo BAD_SIGNATURE; return; }
  message=$(text_to_hex zhifu-order-v1; printf 00; int32 "$version"; text "$key"; sized "$payload")
  verified "$message" "$(field "$1" signature)" || { echo BAD_SIGNATURE; return; }
  decode "$payload" || { echo FORMAT_ERROR; return; }
  [ "$k_env" = "$environment" ] || { echo WRONG_ENVIRONMENT; return; }
  [ "$o_bank" = "$(field "$1" bank)" ] || { echo WRONG_BANK; return; }
  case $o_type in 02 | 03 | 04 | 05) [ -n "$o_original" ] || { echo FORMAT_ERROR; return; } ;; esac
  answered=$(field "$1" answeredPayloadSha256)
  digest=$(sha256 "$payload")
  if [ -n "$answered" ]; then
    [ "$answered" = "$digest" ] && echo DUPLICATE || echo REPLAYED
    return
  fi
  [ "$now" -le "$o_not_after" ] || { echo EXPIRED_ORDER; return; }
  if [ "$o_branch" -eq 0 ]; then judge_officer; else judge_standing; fi
}

count=0
differ=0
for vector in "$folder"/orders/*.json; do
  [ -e "$vector" ] || die "there are no vectors in $folder/orders"
  expected=$(field "$vector" expected)
  found=$(judge "$vector")
  count=$((count + 1))
  if [ "$found" = "$expected" ]; then
    printf 'same     %-30s %s\n' "$(field "$vector" name)" "$found"
  else
    differ=$((differ + 1))
    printf 'DIFFERS  %-30s found %s, expected %s\n' "$(field "$vector" name)" "$found" "$expected"
  fi
done
echo "$count vectors, $differ differ"
[ "$differ" -eq 0 ]
