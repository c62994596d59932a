#!/usr/bin/env bash
# Runs once, when the server's data folder is empty: a database for each service, owned by a role of its own that
# can't connect to any other.
set -euo pipefail

create() { # create SERVICE PASSWORD
  psql -v ON_ERROR_STOP=1 --username postgres -v name="$1" -v password="$2" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke connect, temporary on database :"name" from public;
SQL
}

create ingest "$INGEST_DB_PASSWORD"
create identity "$IDENTITY_DB_PASSWORD"
create segmentation "$SEGMENTATION_DB_PASSWORD"
create capi-sync "$CAPI_SYNC_DB_PASSWORD"
create catalog-feed "$CATALOG_FEED_DB_PASSWORD"
create whatsapp "$WHATSAPP_DB_PASSWORD"
