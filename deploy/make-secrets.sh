#!/bin/sh
# Makes the secrets of docker-compose.yml at random, each in a file of its own. Files that are there stay as they are, so it
# may be run again when a release brings a new one.
#
#   deploy/make-secrets.sh [folder]    (default: secrets)
set -eu
folder=${1:-secrets}

# Nobody else may enter the folder. The files are readable, because a container sees them by themselves, as another user.
mkdir -p "$folder"
chmod 700 "$folder"

make() {
  [ -e "$folder/$1" ] && return
  printf '%s\n' "$2" >"$folder/$1.new"
  chmod 444 "$folder/$1.new"
  mv "$folder/$1.new" "$folder/$1"
  echo "made $folder/$1"
}

# Hexadecimal: nothing in it needs escaping in a URL.
random() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

make owner_password "$(random)"
make owner_database_url "postgres://audit:$(cat "$folder/owner_password")@postgres:5432/audit"
make receiver_database_url "postgres://audit_receiver_login:$(random)@postgres:5432/audit"
make query_database_url "postgres://audit_query_login:$(random)@postgres:5432/audit"
make reader_database_url "postgres://audit_reader_login:$(random)@postgres:5432/audit"
make ingest_token "$(random)"
make api_token "$(random)"
make admin_token "$(random)"
make grafana_password "$(random)"
