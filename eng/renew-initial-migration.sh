#!/usr/bin/env bash
# Before the first release there is one migration an engine: after a change of the model, this makes it anew.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -f src/Broadsheet.Web/Data/*/Migrations/*_Initial*.cs src/Broadsheet.Web/Data/*/Migrations/*Snapshot.cs
eng/add-migration.sh Initial
