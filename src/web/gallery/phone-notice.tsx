/** What a lock screen shows of a message: who it is from, and one line. */
export function PhoneNotice({ text }: { readonly text: string }) {
  return (
    <div class="phone-notice">
      <img src="/bell.svg" alt="" width="32" height="32" />
      <p>
        <strong>Bellhop</strong>
        <span>{text}</span>
      </p>
    </div>
  );
}
