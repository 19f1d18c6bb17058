#!/usr/bin/env bash
# Adds one migration for both databases: eng/add-migration.sh NAME
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?usage: eng/add-migration.sh NAME}
dotnet tool restore >/dev/null
for engine in Sqlite PostgreSql; do
  dotnet ef migrations add "$name" --project src/Broadsheet.Web --context "${engine}BroadsheetDb" \
    --output-dir "Data/$engine/Migrations"
done
