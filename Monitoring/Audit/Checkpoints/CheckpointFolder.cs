using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Monitoring.Audit.Checkpoints;

/// <summary>
/// The folder of the checkpoints (0700): audit.checkpoints, the key that signs them (checkpoint-key.pem, 0600), and the public key that
/// verifies them. Whoever can write it and the database can forge both: put it where the database's administrators have no hand, and
/// keep a copy of the public key elsewhere.
/// </summary>
public sealed class CheckpointFolder(string path)
{
    internal const string FileName = "audit.checkpoints";
    internal const string PublicKeyName = "checkpoint-key.public.pem";
    private const string KeyName = "checkpoint-key.pem";

    /// <summary>The checkpoints, whether there are any or not.</summary>
    public string FilePath => Path.Combine(path, FileName);

    /// <summary>Number of the newest entry that any checkpoint vouches for; 0 where none does.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public long Vouched => Reach()?.Number ?? 0;

    /// <summary>The signing key; made at the first start.</summary>
    /// <exception cref="InvalidDataException">The key file holds no such key.</exception>
    internal ECDsa OpenKey()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Path.Combine(path, KeyName);
        if (System.IO.File.Exists(file))
        {
            try
            {
                key.ImportFromPem(System.IO.File.ReadAllText(file));
                return key;
            }
            catch (Exception fault) when (fault is ArgumentException or CryptographicException)
            {
                key.Dispose();
                throw new InvalidDataException($"{file} holds no key: put the right one back, or move the folder away to begin with a new key", fault);
            }
        }

        Write(Path.Combine(path, PublicKeyName), key.ExportSubjectPublicKeyInfoPem());
        Write(file, key.ExportPkcs8PrivateKeyPem());
        return key;
    }

    /// <summary>The last whole line; what a power failure left of a line after it is taken away.</summary>
    /// <exception cref="InvalidDataException">The last line is no checkpoint.</exception>
    internal SignedCheckpoint? Last()
    {
        if (!System.IO.File.Exists(FilePath)) return null;
        using var stream = new FileStream(FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var lines = CutOff(stream);
        if (lines.IsEmpty) return null;
        var line = lines[..^1];
        line = line[(line.LastIndexOf((byte)'\n') + 1)..];
        return SignedCheckpoint.Parse(Encoding.UTF8.GetString(line)) ?? throw new InvalidDataException($"The last line of {FilePath} is no checkpoint: move the folder away, keep it as evidence, and start again");
    }

    /// <summary>How far the trail was once vouched for. Signatures are not looked at: that is for <see cref="Read"/>.</summary>
    /// <returns>Null where no line vouches for an entry.</returns>
    internal VouchedReach? Reach()
    {
        if (!System.IO.File.Exists(FilePath)) return null;
        VouchedReach? reach = null;
        foreach (var line in System.IO.File.ReadLines(FilePath))
        {
            // Of a year's half a million lines no more is read than this.
            if (line.Split(' ', 4) is not [_, var digits, var hash, _] || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) continue;
            if (reach is null || number > reach.Number) reach = new(number, hash, reach?.Cut);
            else if (number < reach.Number || hash != reach.Hash) reach = reach with { Cut = reach.Cut ?? new(number, reach.Number) };
        }

        return reach;
    }

    /// <summary>On disk when it returns. What a full disk or a power failure left of a line before it is taken away: glued together, neither could be read.</summary>
    /// <exception cref="IOException">It could not be written: the file is as it was, or ends with a part of the line.</exception>
    internal void Append(SignedCheckpoint checkpoint)
    {
        using var stream = new FileStream(FilePath, Options(FileMode.OpenOrCreate));
        CutOff(stream);
        var whole = stream.Seek(0, SeekOrigin.End);
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(checkpoint.Line + "\n"));
            stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // Also a whole line, where only the flush failed: the next has the same place in the chain.
            stream.SetLength(whole);
            throw;
        }
    }

    /// <summary>Copies the checkpoints and their public key into another folder, while the hub may add to them. The key that signs stays here.</summary>
    /// <exception cref="IOException">They cannot be read or written.</exception>
    public void CopyTo(string folder)
    {
        if (!System.IO.File.Exists(FilePath)) return;
        foreach (var name in new[] { FileName, PublicKeyName })
        {
            System.IO.File.Copy(Path.Combine(path, name), Path.Combine(folder, name));
            LastingName.Flush(Path.Combine(folder, name));
        }
    }

    /// <summary>Reads and verifies the file.</summary>
    /// <param name="publicKey">PEM file kept elsewhere; null for the one in the folder.</param>
    /// <exception cref="IOException">There is no public key, or the file cannot be read.</exception>
    public CheckpointReading Read(string? publicKey = null)
    {
        if (!System.IO.File.Exists(FilePath)) return new([], null);
        using var key = ECDsa.Create();
        key.ImportFromPem(System.IO.File.ReadAllText(publicKey ?? Path.Combine(path, PublicKeyName)));
        var text = System.IO.File.ReadAllText(FilePath);
        // What follows the last line end is being written now, or was when power failed.
        return CheckpointReading.Of(text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries), key);
    }

    /// <summary>Takes away what follows the last line end.</summary>
    /// <returns>The end of the file, with the last line at least; empty where there is no line.</returns>
    private static ReadOnlySpan<byte> CutOff(FileStream stream)
    {
        // Longer than two lines.
        var tail = new byte[Math.Min(stream.Length, 2048)];
        stream.Seek(-tail.Length, SeekOrigin.End);
        stream.ReadExactly(tail);
        var lines = tail.AsSpan(0, tail.AsSpan().LastIndexOf((byte)'\n') + 1);
        if (lines.Length < tail.Length) stream.SetLength(stream.Length - tail.Length + lines.Length);
        return lines;
    }

    private static void Write(string file, string text)
    {
        using var stream = new FileStream(file, Options(FileMode.CreateNew));
        stream.Write(Encoding.ASCII.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
