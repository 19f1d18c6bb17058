#!/usr/bin/env bash
# Adds one migration for both databases: eng/add-migration.sh NAME
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?usage: eng/add-migration.sh NAME}
dotnet tool restore >/dev/null
# One build serves both: neither engine's model depends on the other's migrations.
dotnet build -c Release src/Broadsheet.Web -v quiet
for engine in Sqlite PostgreSql; do
  dotnet ef migrations add "$name" --no-build --configuration Release --project src/Broadsheet.Web --context "${engine}BroadsheetDb" \
    --output-dir "Data/$engine/Migrations"
done
