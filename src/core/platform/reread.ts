/** Reads what people may be editing: returns nothing while the file is invalid, and reports each reason for that once. */
export function reread<Found>(read: () => Found, complain: (reason: string) => void): () => Found | undefined {
  let complaint: string | undefined;
  return () => {
    try {
      const found = read();
      complaint = undefined;
      return found;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== complaint) complain(reason);
      complaint = reason;
      return undefined;
    }
  };
}
