import { SubjectPage } from './subject-page';

/** What somebody did. */
export function ActorPage() {
  return <SubjectPage kind="actor" />;
}
