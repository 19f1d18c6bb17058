// The near limit: the same bytes and headers as a cached page of Broadsheet, from memory, by one terminal middleware.
// Bare FILE URL [STATUS]: FILE holds the headers, an empty line, and the body, as a client received them.
var raw = File.ReadAllBytes(args[0]);
var end = raw.AsSpan().IndexOf("\r\n\r\n"u8);
var body = raw[(end + 4)..];
var headers = System.Text.Encoding.ASCII.GetString(raw, 0, end).Split("\r\n").Skip(1).Select(h => h.Split(": ", 2))
    .Where(h => h[0] is not ("Date" or "Transfer-Encoding" or "Connection")).ToArray();
var status = args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 200;
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(args[1]).ConfigureKestrel(k => k.AddServerHeader = false);
var app = builder.Build();
app.Run(http =>
{
    http.Response.StatusCode = status;
    foreach (var header in headers) http.Response.Headers[header[0]] = header[1];
    return http.Response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
});
await app.RunAsync();
