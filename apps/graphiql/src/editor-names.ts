/** What an editor is for, as its surroundings call it. */
function nameOf(editor: Element): string {
  const region = editor.closest('section[aria-label], [role=region][aria-label]')?.getAttribute('aria-label');
  return region ?? 'Editor';
}

/** A tab holds buttons, which no tab may: so it is a place in a list, and the button that opens it says whether it is open. */
function markTab(tab: Element): void {
  tab.removeAttribute('role');
  const selected = tab.getAttribute('aria-selected');
  if (selected === null) return;
  tab.removeAttribute('aria-selected');
  tab.querySelector('button')?.setAttribute('aria-current', selected);
}

/**
 * Gives the editors' hidden fields the name of what they edit, and lets their scrolling parts be reached by keyboard: the
 * library leaves both out, and makes editors anew as tabs come and go.
 */
export function nameEditors(root: HTMLElement): void {
  const name = () => {
    for (const field of root.querySelectorAll('.CodeMirror textarea:not([aria-label])'))
      field.setAttribute('aria-label', nameOf(field));
    for (const scroller of root.querySelectorAll('.CodeMirror-scroll[tabindex="-1"]'))
      scroller.setAttribute('tabindex', '0');
    for (const tabs of root.querySelectorAll('.graphiql-tabs[role=tablist]')) tabs.removeAttribute('role');
    for (const tab of root.querySelectorAll('.graphiql-tab')) markTab(tab);
  };
  new MutationObserver(name).observe(root, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['role', 'aria-selected'],
  });
  name();
}
