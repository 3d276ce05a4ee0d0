/** A sun half below the horizon. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1d1b18"/><path d="M6 20a10 10 0 0 1 20 0z" fill="#f2a374"/><path d="M4 22.5h24v2H4zM9 26.5h14v2H9z" fill="#9c3a12"/></svg>
`;
