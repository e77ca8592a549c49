export function Explorer() {
  return <p>soon</p>;
}
