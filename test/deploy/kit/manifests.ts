import type { Manifest } from './helm-chart';

/** Kinds that make pods. */
export const POD_KINDS = ['Deployment', 'StatefulSet', 'Job'];

/** What a pod of it is to be. */
export const podOf = ({ spec }: Manifest) => spec.template.spec;

/** The object of a kind whose name ends so. */
export function partOf(
  manifests: Manifest[],
  kind: string,
  part: string,
): Manifest {
  return manifests.find(
    ({ kind: own, metadata: { name } }) => own === kind && name.endsWith(part),
  )!;
}
