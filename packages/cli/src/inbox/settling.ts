import type { Data } from './data.js';
import type { Feed } from './feed/feed.js';
import type { ListSearch } from './feed/list-search.js';
import { isWide, type Layout, rowsShown } from './state/layout.js';
import { followRows, selectIndex } from './state/selection.js';
import type { State } from './state/state.js';

/** Brings what the person looks at and what the server says together after either changed. */
export interface Settling {
  settle(): void;
  /** A key was pressed: from now on the group is the person's choice, and nothing is loaded unasked. */
  touched(): void;
  /** Loads the whole list, until a key is pressed. */
  loadAll(): void;
  /** The conversation beside the list does not follow the cursor any more. */
  stopFollowing(): void;
}

export interface Needs {
  state: State;
  readonly feed: Feed;
  readonly search: ListSearch;
  readonly read: () => Data;
  readonly layout: () => Layout;
  /** Shows the conversation beside the list. */
  readonly show: (id: string) => void;
  readonly changed: () => void;
}

/** So long the cursor rests before the conversation beside the list is loaded. */
const followMs = 90;
/** How near its end the list is continued. */
const aheadRows = 30;
/** What the server does not know words by is looked for in so many by itself; the key for the last looks through all. */
const searchedRows = 300;

export function createSettling(needs: Needs): Settling {
  const { feed, search, read, layout, show, changed } = needs;
  let looked = '';
  let groupSettled = false;
  let loadingAll = false;
  let followTimer: ReturnType<typeof setTimeout> | undefined;

  function settle(): void {
    let data = read();
    if (!groupSettled && data.groups[0]?.count) {
      groupSettled = true;
      if (data.groups[0].count.total > 0 && !needs.state.selected.id) needs.state = { ...needs.state, group: 'mine' };
      data = read();
    }
    const wanted = JSON.stringify(data.filter);
    if (wanted !== looked) {
      looked = wanted;
      feed.look(data.filter);
      data = read();
    }
    search.look(data.filter, data.words);
    if (needs.state.group !== data.group.id) needs.state = { ...needs.state, group: data.group.id };
    needs.state = followRows(needs.state, data.rows, rowsShown(layout()));
    if (loadingAll) {
      needs.state = selectIndex(needs.state, data.rows, rowsShown(layout()), data.rows.length - 1);
      loadingAll = data.list.hasMore || (search.found.hasMore && !search.found.failed);
    }
    loadAhead(data);
    followSelection();
  }

  function loadAhead({ rows, list, filter, words }: Data): void {
    if (feed.connection.state !== 'live') return;
    const { selected, listTop, mode } = needs.state;
    const atEnd = selected.index + aheadRows >= rows.length || listTop + aheadRows >= rows.length;
    const { hasMore, looking, resting, failed } = search.found;
    if (hasMore && !looking && !failed && (loadingAll || (atEnd && !resting))) search.more();
    if (!list.hasMore || list.loading) return;
    const searching = words.length > 0 || mode.name === 'filter';
    if (loadingAll || (atEnd && (!searching || list.loaded < searchedRows))) void feed.loadMore(filter).then(changed);
  }

  /** Where both stand side by side, the conversation beside the list is the one at the cursor. */
  function followSelection(): void {
    const { state } = needs;
    const { id } = state.selected;
    if (!isWide(state) || state.pane !== 'list' || state.mode.name === 'write' || !id || id === state.open) return;
    clearTimeout(followTimer);
    followTimer = setTimeout(() => {
      if (needs.state.pane !== 'list' || needs.state.selected.id !== id) return;
      show(id);
      changed();
    }, followMs);
  }

  return {
    settle,
    touched() {
      groupSettled = true;
      loadingAll = false;
    },
    loadAll() {
      loadingAll = true;
    },
    stopFollowing: () => clearTimeout(followTimer),
  };
}
