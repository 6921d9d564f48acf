import { useLocation } from 'wouter';
import { chooseLanguage, languages, type Language } from '../i18n/index.js';
import { views } from '../inbox/views.js';
import { useSession } from '../session/session.js';
import { useWorkspace } from '../session/workspace.js';
import { useBilling } from '../settings/billing/use-billing.js';
import { ownPlaces, placesFor, workPlaces } from '../settings/places.js';
import { chooseTheme, themes } from '../ui/theme.js';
import { useActions } from './use-actions.js';

const all = <N extends string>(names: readonly N[], run: (name: N) => void) =>
  Object.fromEntries(names.map((name) => [name, () => run(name)]));
const prefixed = <P extends string>(prefix: P, doings: Record<string, () => void>) =>
  Object.fromEntries(Object.entries(doings).map(([name, run]) => [`${prefix}.${name}`, run]));

/** What can be done from everywhere: going somewhere, other colours, another language, leaving. */
export function usePlaceActions(): void {
  const [, navigate] = useLocation();
  const { signOut } = useSession();
  const { mayAdminister } = useWorkspace();
  const sold = useBilling()?.sold === true;
  const places = [...placesFor(workPlaces, mayAdminister, sold), ...ownPlaces].map(({ name }) => name);
  useActions({
    inbox: () => navigate('/inbox/open'),
    search: () => navigate('/search'),
    leads: () => navigate('/leads'),
    contacts: () => navigate('/contacts'),
    reports: () => navigate('/reports'),
    ...prefixed(
      'view',
      all(views, (view) => navigate(`/inbox/${view}`)),
    ),
    ...prefixed(
      'settings',
      all(places, (name) => navigate(`/settings/${name}`)),
    ),
    ...prefixed('theme', all(themes, chooseTheme)),
    ...prefixed(
      'language',
      all(Object.keys(languages) as Language[], (code) => void chooseLanguage(code)),
    ),
    signOut: () => void signOut(),
  });
}
