#!/usr/bin/env bash
# Before the first release there is one migration an engine: after a change of the model, this makes it anew.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -f src/Broadsheet.Web/Data/*/Migrations/*_Initial*.cs src/Broadsheet.Web/Data/*/Migrations/*Snapshot.cs
eng/add-migration.sh Initial

# Migrations run in the order of their names, and the initial one comes before all written by hand: it bears the day of the first of them, with the time of now,
# so that a database of an earlier model is still told from one of this.
first=$(basename -a src/Broadsheet.Web/Data/*/Migrations/[0-9]*.cs | grep -v _Initial | sort | head -n 1)
for file in src/Broadsheet.Web/Data/*/Migrations/*_Initial.cs; do
  made=$(basename "$file" .cs)
  name="${first:0:8}${made:8}"
  [ "$made" = "$name" ] && continue
  [[ "$name" < "${first%.cs}" ]] || { echo "renew-initial-migration: $name would not come before ${first%.cs}: run it again" >&2; exit 1; }
  sed -i "s/$made/$name/g" "${file%.cs}.Designer.cs"
  mv "${file%.cs}.Designer.cs" "$(dirname "$file")/$name.Designer.cs"
  mv "$file" "$(dirname "$file")/$name.cs"
done
