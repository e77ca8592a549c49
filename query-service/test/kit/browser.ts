/** A browser as far as redirects and cookies go; it forgets nothing and sends each cookie to all ports of its host, as browsers do. */
export interface Browser {
  /** One request, redirects not followed. */
  get(url: string): Promise<Response>;
  /** Follows redirects as long as `isOn` says so, at most twenty. @returns the last answer and its URL */
  follow(
    url: string,
    isOn?: (next: string) => boolean,
  ): Promise<{ answer: Response; url: string; next: string | undefined }>;
  cookies: Map<string, string>;
}

export function newBrowser(): Browser {
  const cookies = new Map<string, string>();
  const get = async (url: string) => {
    const cookie = [...cookies]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const answer = await fetch(url, {
      headers: { cookie },
      redirect: 'manual',
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(set))
        cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  return {
    cookies,
    get,
    async follow(url, isOn = () => true) {
      let at = url;
      for (let i = 0; i < 20; i++) {
        const answer = await get(at);
        const location = answer.headers.get('location');
        const next = location === null ? undefined : new URL(location, at).href;
        if (next === undefined || !isOn(next)) return { answer, url: at, next };
        at = next;
      }
      throw new Error(`more than 20 redirects from ${url}`);
    },
  };
}
