/** The address behind `#`: which page is shown. Hash addresses never reach the server, so tokens in them stay here. */

export interface Route {
  /** The first part, `''` for the home page. */
  page: string;
  rest: string[];
}

export function parse(hash: string): Route {
  const parts = hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
  return { page: parts[0] ?? '', rest: parts.slice(1) };
}

let route = $state<Route>({ page: '', rest: [] });

export function currentRoute(): Route {
  return route;
}

export function followAddress(): void {
  const read = () => {
    route = parse(location.hash);
  };
  window.addEventListener('hashchange', read);
  read();
}

export function go(path: string): void {
  if (location.hash === `#${path}`) route = parse(location.hash);
  else location.hash = path;
}
