import { SubjectPage } from './subject-page';

/** What was done to something. */
export function EntityPage() {
  return <SubjectPage kind="entity" />;
}
