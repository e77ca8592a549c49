#!/bin/sh
# Makes the certificates of this folder anew. See README.md.
set -eu
cd "$(dirname "$0")"
days=36500

key() {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"
}
authority() {
  key "$1"
  openssl req -x509 -new -key "$1.key" -subj "/CN=$1" -days $days -out "$1.crt"
}
# Name, authority, extensions.
signed() {
  key "$1"
  openssl req -new -key "$1.key" -subj "/CN=$1" -out request.tmp
  echo "$3" > extensions.tmp
  openssl x509 -req -in request.tmp -CA "$2.crt" -CAkey "$2.key" -days $days \
    -extfile extensions.tmp -out "$1.crt"
  rm request.tmp extensions.tmp
}

authority ca
authority stranger-ca
names='subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'
signed server ca "$names"
signed renewed ca "$names"
signed client ca 'extendedKeyUsage=clientAuth'
signed stranger stranger-ca 'extendedKeyUsage=clientAuth'
rm ca.key stranger-ca.key stranger-ca.crt
echo 'no certificate' > garbage.pem
