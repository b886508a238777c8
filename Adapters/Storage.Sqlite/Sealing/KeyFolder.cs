using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Routing.Contracts.Files;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>
/// The folder with the wrapping keys, one PEM file (RFC 7468) each, named wrapping-FINGERPRINT.key, for their owner's eyes only. It belongs on
/// another volume than the database: who has both can read all.
/// </summary>
internal sealed class KeyFolder(string folder)
{
    private const string Label = "EHEALTHPLUS STORE WRAPPING KEY";

    public string Path => folder;

    /// <summary>Makes a key; its file is on disk when this returns.</summary>
    public WrappingKey Make()
    {
        Span<byte> bytes = stackalloc byte[WrappingKey.Length];
        RandomNumberGenerator.Fill(bytes);
        var key = new WrappingKey(bytes);
        Write(At(key.Id), PemEncoding.WriteString(Label, bytes));
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <returns>The one key that lies there; null where there is none, or several.</returns>
    public WrappingKey? Only() => Files() is [var file] ? Read(file) : null;

    /// <exception cref="RejectedException">StoreKeyMissing or StoreKeyDamaged.</exception>
    public WrappingKey Find(ReadOnlySpan<byte> fingerprint)
    {
        var id = Convert.ToHexStringLower(fingerprint);
        string? damaged = null;
        var others = new List<string>();
        foreach (var file in Files())
        {
            if (Read(file) is not { } key) damaged = file;
            else if (key.Fingerprint.AsSpan().SequenceEqual(fingerprint)) return key;
            else others.Add(key.Id);
            if (string.Equals(file, At(id), StringComparison.Ordinal)) damaged = file;
        }

        throw new RejectedException(damaged is not null
            ? new(RejectionCode.StoreKeyDamaged, $"The store needs the wrapping key {id}; {damaged} does not hold it. Put back the file from its backup")
            : new(RejectionCode.StoreKeyMissing, $"The store needs the wrapping key {id}; in {folder} {(others.Count == 0 ? "there is none" : $"there is only {string.Join(", ", others)}")}. Put back wrapping-{id}.key from its backup, or point Hub__StoreKeys to its folder"));
    }

    private string[] Files() => Directory.Exists(folder) ? Directory.GetFiles(folder, "wrapping-*.key") : [];

    private static WrappingKey? Read(string file)
    {
        var text = File.ReadAllText(file);
        if (!PemEncoding.TryFind(text, out var fields) || !text.AsSpan()[fields.Label].SequenceEqual(Label) || fields.DecodedDataLength != WrappingKey.Length) return null;
        Span<byte> bytes = stackalloc byte[WrappingKey.Length];
        return Convert.TryFromBase64Chars(text.AsSpan()[fields.Base64Data], bytes, out _) ? new(bytes) : null;
    }

    // A key that sealed data lasts before the data does.
    private void Write(string file, string pem)
    {
        LastingName.MakeFolder(folder, ownerOnly: true);
        LastingFile.Write(file, Encoding.ASCII.GetBytes(pem + "\n"), ownerOnly: true);
    }

    private string At(string id) => System.IO.Path.Combine(folder, $"wrapping-{id}.key");
}
